# SPDX-License-Identifier: Apache-2.0
"""A shop kept with PynamoDB: models, indexes, conditions, versions, batches, transactions, discriminators, time to live.

    orders.py ENDPOINT

Each function is a habit of PynamoDB's documentation; what comes back is compared with what went in.
"""

import os
import sys
import time
from datetime import datetime, timedelta, timezone

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from lib.tally import Tally
from pynamodb.attributes import (BinaryAttribute, BooleanAttribute, DiscriminatorAttribute, JSONAttribute, ListAttribute,
                                 MapAttribute, NumberAttribute, NumberSetAttribute, TTLAttribute, UnicodeAttribute,
                                 UnicodeSetAttribute, UTCDateTimeAttribute, VersionAttribute)
from pynamodb.constants import PAY_PER_REQUEST_BILLING_MODE, STREAM_NEW_AND_OLD_IMAGE
from pynamodb.exceptions import DeleteError, DoesNotExist, GetError, PutError, TableError, TransactWriteError, UpdateError
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection, LocalSecondaryIndex
from pynamodb.models import Model
from pynamodb.transactions import TransactGet, TransactWrite


class Here:
    """The Meta members that every model of this program shares."""
    host = sys.argv[1]
    region = "us-east-1"
    aws_access_key_id, aws_secret_access_key = "AKIASTATORTESTKEY001", "a-secret/of+forty/characters0123456789ab"
    billing_mode = PAY_PER_REQUEST_BILLING_MODE
    max_retry_attempts = 0


class Address(MapAttribute):
    street = UnicodeAttribute()
    zip = NumberAttribute()


class ByStatus(GlobalSecondaryIndex):
    class Meta:
        index_name = "by-status"
        projection = IncludeProjection(["total"])

    status = UnicodeAttribute(hash_key=True)
    placed = UTCDateTimeAttribute(range_key=True)


class ByTotal(LocalSecondaryIndex):
    class Meta:
        index_name = "by-total"
        projection = AllProjection()

    customer = UnicodeAttribute(hash_key=True)
    total = NumberAttribute(range_key=True)


class Order(Model):
    class Meta(Here):
        table_name = "PynamoOrders"
        stream_view_type = STREAM_NEW_AND_OLD_IMAGE

    customer = UnicodeAttribute(hash_key=True)
    number = NumberAttribute(range_key=True)
    status = UnicodeAttribute(default="OPEN")
    placed = UTCDateTimeAttribute()
    total = NumberAttribute(default=0)
    paid = BooleanAttribute(default=False)
    tags = UnicodeSetAttribute(null=True)
    lots = NumberSetAttribute(null=True)
    lines = ListAttribute(default=list)
    notes = JSONAttribute(null=True)
    picture = BinaryAttribute(null=True, legacy_encoding=False)
    ship_to = Address(null=True)
    expires = TTLAttribute(null=True)
    version = VersionAttribute()
    by_status = ByStatus()
    by_total = ByTotal()


class Animal(Model):
    """Models of one table, told apart by an attribute."""
    class Meta(Here):
        table_name = "PynamoAnimals"

    name = UnicodeAttribute(hash_key=True)
    kind = DiscriminatorAttribute()


class Cat(Animal, discriminator="Cat"):
    lives = NumberAttribute(default=9)


class Dog(Animal, discriminator="Dog"):
    tricks = ListAttribute(of=UnicodeAttribute, default=list)


DAY = datetime(2026, 11, 1, tzinfo=timezone.utc)


def order(number, **more):
    return Order("ada", number, placed=DAY + timedelta(hours=number), total=number * 10, **more)


def connection():
    """The library's own connection, with the credentials of the models."""
    return Order._get_connection().connection


def raised(kind, call, *arguments, **more):
    """The exception of that kind that the call raised, or None."""
    try:
        call(*arguments, **more)
    except kind as problem:
        return problem
    return None


def tables(tally):
    tally.check(not Order.exists(), "the table does not exist yet")
    for model in (Order, Animal):
        model.create_table(wait=True)
    tally.check(Order.exists(), "the table exists")
    told = Order.describe_table()
    tally.equal(
        (told["TableStatus"], told["BillingModeSummary"]["BillingMode"]),
        ("ACTIVE", "PAY_PER_REQUEST"),
        "its status and mode",
    )
    tally.equal(
        told["GlobalSecondaryIndexes"][0]["Projection"],
        {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["total"]},
        "its index",
    )
    tally.equal([index["IndexName"] for index in told["LocalSecondaryIndexes"]], ["by-total"], "its local index")
    tally.equal(told["StreamSpecification"]["StreamViewType"], "NEW_AND_OLD_IMAGES", "its stream")
    Order.create_table(
        wait=True, ignore_update_ttl_errors=True
    )  # of a table that exists, as an application does when it starts
    told = connection().list_tables()["TableNames"]
    tally.check({"PynamoOrders", "PynamoAnimals"} <= set(told), "both tables are listed", told)


def time_to_live(tally):
    refused = raised(TableError, Order.update_ttl, ignore_update_ttl_errors=False)
    tally.equal(
        refused and refused.cause_response_message, "TimeToLive is already enabled", "create_table has turned it on"
    )
    told = connection().client.describe_time_to_live(TableName="PynamoOrders")
    tally.equal(
        told["TimeToLiveDescription"], {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}, "time to live is on"
    )
    late = order(90, expires=timedelta(days=1))
    late.save()
    late.refresh(consistent_read=True)
    left = late.expires - datetime.now(timezone.utc)
    tally.check(timedelta(hours=23) < left <= timedelta(days=1), "the time of expiry comes back", left)
    late.delete()


def values(tally):
    first = order(1, tags={"new", "gift"}, lots={1, 2.5, -3}, lines=[{"sku": "a", "qty": 2}, "free text", None, [1, True]],
                  notes={"deep": [1, {"x": None}]}, picture=b"\x00\x01\xff", ship_to=Address(street="1 Main St", zip=12345))
    first.save()
    got = Order.get("ada", 1, consistent_read=True)
    for name in ("status", "placed", "total", "paid", "tags", "lots", "lines", "notes", "picture"):
        tally.equal(getattr(got, name), getattr(first, name), f"{name} comes back")
    tally.equal(got.ship_to.as_dict(), {"street": "1 Main St", "zip": 12345}, "a map attribute comes back")
    tally.equal(got.version, 1, "the first version is 1")
    tally.check(raised(DoesNotExist, Order.get, "ada", 404), "an order that is not there")


def versions_and_conditions(tally):
    mine, theirs = Order.get("ada", 1), Order.get("ada", 1)
    theirs.update(actions=[Order.status.set("PAID"), Order.paid.set(True), Order.total.add(5)])
    tally.equal(
        (theirs.version, theirs.total, theirs.paid), (2, 15, True), "an update changes the version and tells the values"
    )
    refused = raised(PutError, mine.save)
    tally.check(refused, "a save of an old version is refused")
    tally.equal(refused and refused.cause_response_code, "ConditionalCheckFailedException", "with this code")
    refused = raised(UpdateError, theirs.update, actions=[Order.total.set(0)], condition=Order.total > 1000)
    tally.equal(
        refused and refused.cause_response_message, "The conditional request failed", "a condition that does not hold"
    )
    theirs.update(
        actions=[
            Order.lines.set(Order.lines.append([{"sku": "b"}])),
            Order.ship_to.zip.set(Order.ship_to.zip - 45),
            Order.tags.delete({"gift"}),
            Order.notes.remove(),
        ],
        condition=Order.lines.exists() & Order.tags.contains("gift") & ~(Order.status == "VOID"),
    )
    got = Order.get("ada", 1, consistent_read=True)
    tally.equal(
        (len(got.lines), got.ship_to.zip, got.tags, got.notes), (5, 12300, {"new"}, None), "lists, paths, sets, removal"
    )
    tally.check(
        raised(PutError, Order("ada", 1, placed=DAY).save, Order.customer.does_not_exist()),
        "a save of a new order over an old one",
    )


def batches_and_queries(tally):
    with Order.batch_write() as batch:
        for number in range(2, 62):
            batch.save(order(number, status="OPEN" if number % 2 else "SHIPPED"))
    tally.equal(
        sorted(o.number for o in Order.batch_get([("ada", n) for n in range(1, 130)])),
        list(range(1, 62)),
        "a batch of gets",
    )
    tally.equal([o.number for o in Order.query("ada", Order.number.between(10, 14))], [10, 11, 12, 13, 14], "a range")
    found = Order.query(
        "ada", Order.number > 1, filter_condition=Order.status == "OPEN", scan_index_forward=False, page_size=7, limit=5
    )
    tally.equal([o.number for o in found], [61, 59, 57, 55, 53], "backwards, filtered, in pages")
    pages = Order.query("ada", page_size=10, limit=10)
    first = [o.number for o in pages]
    rest = [o.number for o in Order.query("ada", last_evaluated_key=pages.last_evaluated_key)]
    tally.equal(first + rest, list(range(1, 62)), "a query goes on where it stopped")
    tally.equal(Order.count("ada", Order.number <= 20), 20, "a count")
    tally.equal(sum(1 for _ in Order.scan(Order.status == "SHIPPED", page_size=9)), 30, "a filtered scan")
    segments = [{o.number for o in Order.scan(segment=s, total_segments=3)} for s in range(3)]
    tally.equal((sum(map(len, segments)), set.union(*segments)), (61, set(range(1, 62))), "a parallel scan")


def indexes(tally):
    shipped = list(Order.by_status.query("SHIPPED", Order.placed < DAY + timedelta(hours=9)))
    tally.equal([(o.number, o.total) for o in shipped], [(n, n * 10) for n in (2, 4, 6, 8)], "a query of the global index")
    tally.equal(shipped[0].tags, None, "which projects no more than it should")
    tally.equal(
        [o.number for o in Order.by_total.query("ada", Order.total >= 590, consistent_read=True)],
        [59, 60, 61],
        "of the local one",
    )
    tally.equal(Order.by_status.count("PAID"), 1, "a count in an index")


def transactions(tally):
    with TransactWrite(connection=connection(), client_request_token="a-token-of-this-test") as transaction:
        transaction.save(order(70))
        transaction.update(Order.get("ada", 2), actions=[Order.status.set("VOID")], condition=Order.status == "SHIPPED")
        transaction.delete(Order.get("ada", 3))
        transaction.condition_check(Order, "ada", 4, condition=Order.total == 40)
    with TransactGet(connection=connection()) as transaction:
        asked = [transaction.get(Order, "ada", n) for n in (70, 2)]
    tally.equal(
        [(o.total, o.status, o.version) for o in (future.get() for future in asked)],
        [(700, "OPEN", 1), (20, "VOID", 1)],
        "all of a transaction is done; a batch wrote no version",
    )
    tally.check(raised(DoesNotExist, Order.get, "ada", 3), "the deletion too")

    def two_orders():
        with TransactWrite(connection=connection()) as transaction:
            transaction.save(order(71))
            transaction.condition_check(Order, "ada", 4, condition=Order.total == 41)
    refused = raised(TransactWriteError, two_orders)
    tally.equal(
        refused and [reason and reason.code for reason in refused.cancellation_reasons],
        ["ConditionalCheckFailed", None],
        "its reasons: the library sends its checks first",
    )
    tally.check(raised(DoesNotExist, Order.get, "ada", 71), "nothing of a cancelled transaction is done")


def discriminators(tally):
    for animal in (Cat("Tom"), Dog("Rex", tricks=["sit", "roll"]), Cat("Kit", lives=7)):
        animal.save()
    tally.equal(
        {(type(a).__name__, a.name) for a in Animal.scan()},
        {("Cat", "Tom"), ("Dog", "Rex"), ("Cat", "Kit")},
        "each has its class",
    )
    tally.equal({a.name: a.lives for a in Cat.scan()}, {"Tom": 9, "Kit": 7}, "a scan for one class")
    tally.equal(Animal.get("Rex").tricks, ["sit", "roll"], "a dog by its name")


def the_end(tally):
    paid = Order.get("ada", 1)
    tally.check(
        raised(DeleteError, paid.delete, Order.paid == False), "a delete on a condition that does not hold"
    )  # noqa: E712
    paid.delete(Order.paid == True)  # noqa: E712
    tally.check(raised(DoesNotExist, Order.get, "ada", 1), "a deleted order is gone")
    for model in (Order, Animal):
        model.delete_table()
        while model.exists():
            time.sleep(0.05)
    tally.check(raised(GetError, Order.get, "ada", 2), "a read of the deleted table")


def main():
    tally = Tally()
    for part in (
        tables,
        time_to_live,
        values,
        versions_and_conditions,
        batches_and_queries,
        indexes,
        transactions,
        discriminators,
        the_end,
    ):
        tally.run(part.__name__, part, tally)
    tally.finish()


if __name__ == "__main__":
    main()
