# SPDX-License-Identifier: Apache-2.0
"""What Terraform's `aws_dynamodb_table` calls, and Pulumi with it (its provider is the same code).

Create, refresh, update, destroy. A resource is a dictionary in the words of the provider's documentation. After an apply a
refresh must give exactly that dictionary back: the plan is empty, nothing has drifted.
"""

import time

from botocore.exceptions import ClientError

POLL_SECONDS = 0.05
PATIENCE_SECONDS = 60
DEFAULTS = {"range_key": None, "billing_mode": "PROVISIONED", "read_capacity": 0, "write_capacity": 0, "gsi": {}, "lsi": {},
            "stream_view_type": None, "ttl": None, "tags": {}, "deletion_protection": False, "table_class": "STANDARD",
            "point_in_time_recovery": False, "on_demand": None}


def resource(**arguments):
    """gsi: {name: (hash, range or None, projection, non-key attributes, read, write)},
    lsi: {name: (range, projection, non-key attributes)}."""
    return {**DEFAULTS, **arguments}


def wait(what, found):
    """Until `found` returns something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        result = found()
        if result:
            return result
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(POLL_SECONDS)


# ---- pieces of requests ----

def key_schema(hash_key, range_key):
    keys = [{"AttributeName": hash_key, "KeyType": "HASH"}]
    return keys + ([{"AttributeName": range_key, "KeyType": "RANGE"}] if range_key else [])


def projection(kind, non_key):
    return {"ProjectionType": kind, **({"NonKeyAttributes": sorted(non_key)} if non_key else {})}


def units(read, write):
    return {"ReadCapacityUnits": read, "WriteCapacityUnits": write}


def gsi(want, name):
    hash_key, range_key, kind, non_key, read, write = want["gsi"][name]
    made = {"IndexName": name, "KeySchema": key_schema(hash_key, range_key), "Projection": projection(kind, non_key)}
    return {**made, "ProvisionedThroughput": units(read, write)} if want["billing_mode"] == "PROVISIONED" else made


def definitions(want):
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in sorted(want["attributes"].items())]


# ---- create ----

def create(db, want):
    request = {"TableName": want["name"], "BillingMode": want["billing_mode"], "AttributeDefinitions": definitions(want),
               "KeySchema": key_schema(want["hash_key"], want["range_key"]), "TableClass": want["table_class"],
               "DeletionProtectionEnabled": want["deletion_protection"],
               "Tags": [{"Key": key, "Value": value} for key, value in want["tags"].items()]}
    if want["billing_mode"] == "PROVISIONED":
        request["ProvisionedThroughput"] = units(want["read_capacity"], want["write_capacity"])
    if want["lsi"]:
        request["LocalSecondaryIndexes"] = [
            {
                "IndexName": name,
                "KeySchema": key_schema(want["hash_key"], range_key),
                "Projection": projection(kind, non_key),
            }
            for name, (range_key, kind, non_key) in want["lsi"].items()
        ]
    if want["gsi"]:
        request["GlobalSecondaryIndexes"] = [gsi(want, name) for name in want["gsi"]]
    if want["stream_view_type"]:
        request["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": want["stream_view_type"]}
    if want["on_demand"]:
        request["OnDemandThroughput"] = dict(zip(("MaxReadRequestUnits", "MaxWriteRequestUnits"), want["on_demand"]))
    db.create_table(**request)
    wait_active(db, want["name"])
    if want["ttl"]:
        change_ttl(db, want["name"], want["ttl"], True)


def wait_active(db, name):
    def active():
        table = db.describe_table(TableName=name)["Table"]
        indexes = table.get("GlobalSecondaryIndexes", [])
        return table["TableStatus"] == "ACTIVE" and all(index["IndexStatus"] == "ACTIVE" for index in indexes) and table
    return wait(f"{name} is ACTIVE", active)


def change_ttl(db, name, attribute, enabled):
    db.update_time_to_live(TableName=name, TimeToLiveSpecification={"AttributeName": attribute, "Enabled": enabled})
    status = "ENABLED" if enabled else "DISABLED"
    wait(f"time to live is {status}",
         lambda: db.describe_time_to_live(TableName=name)["TimeToLiveDescription"]["TimeToLiveStatus"] == status)


# ---- refresh ----

def keys_of(schema):
    by_type = {key["KeyType"]: key["AttributeName"] for key in schema}
    return by_type["HASH"], by_type.get("RANGE")


def indexes_of(table):
    provisioned = table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED") == "PROVISIONED"
    some_gsi = {}
    for index in table.get("GlobalSecondaryIndexes", []):
        through = index["ProvisionedThroughput"] if provisioned else {}
        some_gsi[index["IndexName"]] = (*keys_of(index["KeySchema"]), index["Projection"]["ProjectionType"],
                                        index["Projection"].get("NonKeyAttributes", []),
                                        through.get("ReadCapacityUnits", 0), through.get("WriteCapacityUnits", 0))
    some_lsi = {index["IndexName"]: (keys_of(index["KeySchema"])[1], index["Projection"]["ProjectionType"],
                                     index["Projection"].get("NonKeyAttributes", []))
                for index in table.get("LocalSecondaryIndexes", [])}
    return some_gsi, some_lsi


def tags_of(db, arn):
    tags, token = {}, {}
    while True:
        page = db.list_tags_of_resource(ResourceArn=arn, **token)
        tags.update((tag["Key"], tag["Value"]) for tag in page["Tags"])
        if "NextToken" not in page:
            return tags
        token = {"NextToken": page["NextToken"]}


def refresh(db, name):
    """The resource as the service tells it; None if there is no such table."""
    try:
        table = db.describe_table(TableName=name)["Table"]
    except db.exceptions.ResourceNotFoundException:
        return None
    recovery = db.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"][
        "PointInTimeRecoveryDescription"
    ]
    ttl = db.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    hash_key, range_key = keys_of(table["KeySchema"])
    some_gsi, some_lsi = indexes_of(table)
    on_demand = table.get("OnDemandThroughput")
    return resource(
        name=table["TableName"], hash_key=hash_key, range_key=range_key, gsi=some_gsi, lsi=some_lsi,
        attributes={a["AttributeName"]: a["AttributeType"] for a in table["AttributeDefinitions"]},
        billing_mode=table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED"),
        read_capacity=table["ProvisionedThroughput"]["ReadCapacityUnits"],
        write_capacity=table["ProvisionedThroughput"]["WriteCapacityUnits"],
        stream_view_type=table.get("StreamSpecification", {}).get("StreamViewType"),
        ttl=ttl.get("AttributeName") if ttl["TimeToLiveStatus"] in ("ENABLED", "ENABLING") else None,
        tags=tags_of(db, table["TableArn"]), deletion_protection=table["DeletionProtectionEnabled"],
        table_class=table.get("TableClassSummary", {}).get("TableClass", "STANDARD"),
        point_in_time_recovery=recovery["PointInTimeRecoveryStatus"] == "ENABLED",
        on_demand=(on_demand["MaxReadRequestUnits"], on_demand["MaxWriteRequestUnits"]) if on_demand else None)


# ---- update: one UpdateTable for each subject, and a wait after each ----

def update_table(db, name, **members):
    db.update_table(TableName=name, **members)
    wait_active(db, name)


def update_capacity(db, have, want):
    modes = {member: want[member] for member in ("billing_mode", "read_capacity", "write_capacity")}
    if modes == {member: have[member] for member in modes}:
        return
    request = {"BillingMode": want["billing_mode"]}
    if want["billing_mode"] == "PROVISIONED":
        request["ProvisionedThroughput"] = units(want["read_capacity"], want["write_capacity"])
        if have["billing_mode"] != "PROVISIONED" and have["gsi"]:
            request["GlobalSecondaryIndexUpdates"] = [
                {"Update": {"IndexName": name, "ProvisionedThroughput": units(*want["gsi"][name][4:])}}
                for name in have["gsi"]
            ]
    update_table(db, want["name"], **request)


def update_indexes(db, have, want):
    for name in have["gsi"]:
        if name not in want["gsi"] or have["gsi"][name][:4] != want["gsi"][name][:4]:
            update_table(db, want["name"], GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": name}}])
    for name in want["gsi"]:
        if name not in have["gsi"] or have["gsi"][name][:4] != want["gsi"][name][:4]:
            update_table(db, want["name"], AttributeDefinitions=definitions(want),
                         GlobalSecondaryIndexUpdates=[{"Create": gsi(want, name)}])
        elif want["billing_mode"] == have["billing_mode"] == "PROVISIONED" and have["gsi"][name] != want["gsi"][name]:
            update_table(db, want["name"], GlobalSecondaryIndexUpdates=[
                {"Update": {"IndexName": name, "ProvisionedThroughput": units(*want["gsi"][name][4:])}}])


def update_stream(db, have, want):
    if have["stream_view_type"] == want["stream_view_type"]:
        return
    if have["stream_view_type"]:
        update_table(db, want["name"], StreamSpecification={"StreamEnabled": False})
    if want["stream_view_type"]:
        update_table(
            db, want["name"], StreamSpecification={"StreamEnabled": True, "StreamViewType": want["stream_view_type"]}
        )


def update_tags(db, have, want):
    arn = db.describe_table(TableName=want["name"])["Table"]["TableArn"]
    gone = sorted(set(have["tags"]) - set(want["tags"]))
    new = {key: value for key, value in want["tags"].items() if have["tags"].get(key) != value}
    if gone:
        db.untag_resource(ResourceArn=arn, TagKeys=gone)
    if new:
        db.tag_resource(ResourceArn=arn, Tags=[{"Key": key, "Value": value} for key, value in new.items()])


def update(db, want):
    have = refresh(db, want["name"])
    update_capacity(db, have, want)
    update_indexes(db, have, want)
    update_stream(db, have, want)
    if want["deletion_protection"] != have["deletion_protection"]:
        update_table(db, want["name"], DeletionProtectionEnabled=want["deletion_protection"])
    if want["table_class"] != have["table_class"]:
        update_table(db, want["name"], TableClass=want["table_class"])
    if want["on_demand"] != have["on_demand"]:
        most = want["on_demand"] or (-1, -1)
        update_table(db, want["name"], OnDemandThroughput={"MaxReadRequestUnits": most[0], "MaxWriteRequestUnits": most[1]})
    if want["ttl"] != have["ttl"]:
        if have["ttl"]:
            change_ttl(db, want["name"], have["ttl"], False)
        if want["ttl"]:
            change_ttl(db, want["name"], want["ttl"], True)
    update_tags(db, have, want)


# ---- destroy ----

def destroy(db, name):
    """Deletes and waits for the ResourceNotFoundException; a table that is busy or gone already is no error."""
    def deleted():
        try:
            db.delete_table(TableName=name)
        except db.exceptions.ResourceInUseException:
            return False
        except db.exceptions.ResourceNotFoundException:
            pass
        return True
    wait(f"{name} is deleted", deleted)
    wait(f"{name} is gone", lambda: refused(db.describe_table, TableName=name) == "ResourceNotFoundException")


def refused(call, **arguments):
    """The code of the error, or None."""
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None
