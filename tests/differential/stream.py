# SPDX-License-Identifier: Apache-2.0
"""A random stream of requests and events: a function of its seed, and of the replies where a Query goes on.

Yields (operation, payload). A request (an operation of the API) depends on nothing but those before it, so many can
be on their way at once. An event needs the servers' full attention, with no request under way:

    AddIndex, RemoveIndex   UpdateTable of the table `changing`, waited for
    Recreate                the table `changing` deleted and made anew
    Walk                    a whole table or index page by page, in segments or by a statement's NextToken
    LongQuery               a partition of more than a megabyte, page by page, from either end
    Expire                  items that are due at once, waited for until time to live has removed them
"""

from differential import schemas
from differential.schemas import COMING_INDEXES, SCHEMAS
from differential.statements import Statements

EVENTS = ("AddIndex", "RemoveIndex", "Recreate", "Walk", "LongQuery", "Expire")
CHANGING = SCHEMAS["changing"]
STATEMENT_SHARE = 0.12


class Stream(Statements):
    def __init__(self, seed, statements=True):
        super().__init__(seed)
        share = STATEMENT_SHARE * 100 if statements else 0
        self.makers = (self.put, self.update, self.delete, self.get, self.query, self.scan, self.batch_write,
                       self.batch_get, self.transact_write, self.transact_get, self.execute, self.execute_batch,
                       self.execute_transaction)
        self.weights = (18, 26, 7, 11, 15, 3, 5, 4, 8, 3, share * 0.7, share * 0.15, share * 0.15)

    def requests(self, count):
        for _ in range(count):
            yield self.event() if self.chance(0.006) else self.request()

    def request(self):
        operation, payload = self.random.choices(self.makers, self.weights)[0]()
        self.names, self.values, self.parameters = {}, {}, []
        if self.chance(0.4):
            payload["ReturnConsumedCapacity"] = (
                self.choose("TOTAL", "INDEXES", "INDEXES", "NONE") if not self.chance(0.05) else "BAD"
            )
        if self.chance(0.015):
            self.spoil(payload)
        return operation, payload

    def spoil(self, payload):
        """One thing of the request is taken away, made wrong or too much."""
        pick = self.random.random()
        if pick < 0.5:
            payload[self.random.choice(list(payload))] = self.choose(None, "", {}, 5, "bogus")
        elif pick < 0.6 and "TableName" in payload:
            payload["TableName"] = self.choose("absent", "no", "no such table!", "n" * 256)
        elif pick < 0.7:
            payload["ExpressionAttributeNames"] = {
                **payload.get("ExpressionAttributeNames", {}),
                self.choose("#un", "x", "#"): "a",
            }
        elif pick < 0.8:
            payload["ExpressionAttributeValues"] = {**payload.get("ExpressionAttributeValues", {}),
                                                    self.choose(":un", "x", ":"): self.value()}
        elif pick < 0.9:
            payload[
                self.choose("ConditionExpression", "ProjectionExpression", "FilterExpression", "UpdateExpression")
            ] = self.choose("", "a", "a = b", "SET a = b")
        else:
            payload[self.choose("Expected", "AttributesToGet", "ScanFilter", "QueryFilter")] = self.choose(
                {}, [], ["a", "a"]
            )

    # Events

    def event(self):
        return self.random.choices((self.index_event, self.walk, self.long_query, self.expire), (4, 8, 1, 0.3))[0]()

    def index_event(self):
        present, index = self.present["changing"], self.choose(*COMING_INDEXES)
        if self.chance(0.25):
            present.clear()
            return "Recreate", schemas.create_request(CHANGING)
        if index in present:
            present.remove(index)
            return "RemoveIndex", schemas.remove_request(CHANGING, index)
        present.append(index)
        return "AddIndex", schemas.add_request(CHANGING, index)

    def walk(self):
        """What to walk: the pages of a Scan, of a parallel Scan, or of a statement."""
        table = self.table()
        index = self.choose(*self.present[table]).name if self.present[table] and self.chance(0.5) else None
        limit = self.choose(None, 1, 2, 7)
        if self.chance(0.3):
            source = f'"{table}"' + (f'."{index}"' if index and index != "multi" else "")
            return "Walk", {"Statement": f"SELECT * FROM {source}", **({"Limit": limit} if limit else {})}
        payload = {"TableName": table, **({"IndexName": index} if index else {}), **({"Limit": limit} if limit else {})}
        if self.chance(0.4):
            payload["TotalSegments"] = self.choose(1, 2, 3, 16)
        return "Walk", payload

    def long_query(self):
        payload = {"TableName": schemas.LONG.name, "KeyConditionExpression": "pk = :pk",
                   "ExpressionAttributeValues": {":pk": {"S": "long"}}, "ScanIndexForward": self.chance(0.5),
                   "ReturnConsumedCapacity": "INDEXES", "ConsistentRead": self.chance(0.5)}
        if self.chance(0.5):
            payload["IndexName"] = schemas.LONG.indexes[0].name
        if self.chance(0.3):
            payload["KeyConditionExpression"] += f" AND {'l' if 'IndexName' in payload else 'sk'} > :from"
            payload["ExpressionAttributeValues"][":from"] = {"S": "00300"} if "IndexName" in payload else {"N": "300"}
        if self.chance(0.5):
            payload["Limit"] = self.choose(100, 333, 1400, 5000)
        return "LongQuery", payload

    def expire(self):
        keys = [{"pk": {"S": f"due{at}"}, "sk": self.key_value("S")} for at in range(self.random.randint(1, 3))]
        return "Expire", {
            "TableName": "dated",
            "Keys": [key for key in keys if set(key["sk"]) == {"S"} and 0 < len(key["sk"]["S"].encode()) <= 1024],
        }
