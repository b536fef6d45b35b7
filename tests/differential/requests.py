# SPDX-License-Identifier: Apache-2.0
"""Random requests on items: single, batched, in transactions; with expressions or with the parameters that they
replaced.
"""

import base64

from differential.expressions import Expressions
from differential.schemas import NAMES, SCHEMAS

OPERATORS = ("EQ", "NE", "LT", "LE", "GT", "GE", "BETWEEN", "IN", "CONTAINS", "NOT_CONTAINS", "BEGINS_WITH", "NULL",
             "NOT_NULL")
TABLES = tuple(SCHEMAS)


class Requests(Expressions):
    def __init__(self, seed):
        super().__init__(seed)
        self.sent = []  # tokens of transactions, with their actions
        self.pages = []  # queries that ended before their partition did, where they go on

    def table(self):
        return self.choose(*TABLES)

    # What expressions replaced

    def comparison(self):
        """A ComparisonOperator and its AttributeValueList."""
        operator = self.choose(*OPERATORS)
        count = {"BETWEEN": 2, "IN": self.random.randint(1, 4), "NULL": 0, "NOT_NULL": 0}.get(operator, 1)
        kind = self.choose("S", "B") if operator == "BEGINS_WITH" else self.choose("S", "N", "B")
        values = [
            self.value() if operator in ("EQ", "NE") or self.chance(0.03) else self.scalar(kind) for _ in range(count)
        ]
        if operator == "BETWEEN" and "N" not in values[0] and not self.chance(0.05):
            values.sort(key=lambda value: base64.b64decode(value["B"]) if "B" in value else str(value).encode())
        if self.chance(0.01):
            values.append(self.value())
        return {"ComparisonOperator": operator if not self.chance(0.005) else "eq", "AttributeValueList": values}

    def plain_name(self):
        return self.choose("name", "pk", "sk", "a.b") if self.chance(0.02) else self.choose(*NAMES)

    def put_conditions(self, payload, member, entry):
        """A map of entries and, perhaps, the ConditionalOperator."""
        payload[member] = {
            self.plain_name(): entry() for _ in range(self.random.choices((0, 1, 2, 3), (2, 50, 40, 8))[0])
        }
        operator = self.choose(None, "AND", "OR") if len(payload[member]) > 1 or self.chance(0.03) else None
        if operator:
            payload["ConditionalOperator"] = operator if not self.chance(0.01) else "XOR"

    def expected_entry(self):
        pick = self.random.random()
        if pick < 0.3:
            return {"Exists": False}
        if pick < 0.6:
            return {"Value": self.value()}
        if pick < 0.61:
            return self.choose({"Exists": True}, {}, {"Exists": False, "Value": self.value()},
                               {"ComparisonOperator": "EQ"}, {"AttributeValueList": [self.value()]})
        entry = self.comparison()
        if len(entry["AttributeValueList"]) == 1 and self.chance(0.5):
            entry["Value"] = entry.pop("AttributeValueList")[0]
        if self.chance(0.01):
            entry["Exists"] = self.chance(0.5)
        return entry

    def attribute_updates(self, table):
        updates = {}
        for _ in range(self.random.choices((0, 1, 2, 3), (2, 50, 30, 18))[0]):
            name = self.plain_name()
            action = self.choose("PUT", "PUT", "ADD", "DELETE", None)
            value = self.attribute(table, name)
            while action in ("ADD", "DELETE") and not self.chance(0.03) and not (
                    set(value) & {"SS", "NS", "BS"} or (action == "ADD" and set(value) & {"N", "L"})):
                value = self.value()
            updates[name] = {"Action": action, "Value": value} if action else {"Value": value}
            if action == "DELETE" and self.chance(0.5) or self.chance(0.01):
                del updates[name]["Value"]
        return updates

    def key_conditions(self, table, hashes, ranges):
        conditions, keys = {}, hashes + ranges
        used = self.random.randint(len(hashes), len(keys)) if not self.chance(0.02) else len(keys) - 1
        for at, (name, kind) in enumerate(keys[:used]):
            operator = (
                "EQ"
                if at < len(hashes) or at < used - 1
                else self.choose(*OPERATORS[:1], *OPERATORS[2:7], "BEGINS_WITH")
            )
            if self.chance(0.01):
                operator = self.choose("NE", "NULL", "GT", "CONTAINS")
            count = {"BETWEEN": 2, "NULL": 0}.get(operator, 1)
            conditions[name] = {"ComparisonOperator": operator, "AttributeValueList": [
                self.index_value(table, name) or self.key_value(kind) for _ in range(count)]}
        return conditions

    # One item

    def put(self):
        table = self.table()
        return "PutItem", self.with_condition({"TableName": table, "Item": self.item(table)}, ("NONE", "ALL_OLD"))

    def delete(self):
        table = self.table()
        return "DeleteItem", self.with_condition({"TableName": table, "Key": self.key(table)}, ("NONE", "ALL_OLD"))

    def update(self):
        table = self.table()
        payload = {"TableName": table, "Key": self.key(table)}
        if self.chance(0.25):
            payload["AttributeUpdates"] = self.attribute_updates(table)
        elif self.chance(0.97):
            payload["UpdateExpression"] = self.mangled(self.update_expression(table))
        return "UpdateItem", self.with_condition(payload, ("NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"))

    def with_condition(self, payload, return_values):
        if self.chance(0.35):
            legacy = 0.99 if "AttributeUpdates" in payload else 0.01 if "UpdateExpression" in payload else 0.3
            if self.chance(legacy):
                self.put_conditions(payload, "Expected", self.expected_entry)
            else:
                payload["ConditionExpression"] = self.mangled(self.condition())
            if self.chance(0.5):
                payload["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        if self.chance(0.5):
            payload["ReturnValues"] = (
                self.choose(*return_values) if not self.chance(0.02) else self.choose("UPDATED_NEW", "BAD")
            )
        if self.chance(0.1):
            payload["ReturnItemCollectionMetrics"] = "SIZE" if not self.chance(0.02) else "BAD"
        return self.with_placeholders(payload)

    def get(self):
        table = self.table()
        payload = {"TableName": table, "Key": self.key(table), "ConsistentRead": self.chance(0.5)}
        if self.chance(0.5):
            payload["ProjectionExpression"] = self.mangled(self.projection())
        elif self.chance(0.2):
            payload["AttributesToGet"] = [self.plain_name() for _ in range(self.random.randint(1, 3))]
        return "GetItem", self.with_placeholders(payload)

    # Query and Scan

    def query(self):
        if self.pages and self.chance(0.3):
            return "Query", self.pages.pop()
        table = self.table()
        payload, schema = {"TableName": table}, SCHEMAS[table]
        hashes, ranges = schema.keys[:1], schema.keys[1:]
        if self.present[table] and self.chance(0.6):
            index = self.choose(*self.present[table])
            payload["IndexName"], hashes, ranges = index.name, index.hashes, index.ranges
        if self.chance(0.3):
            payload["KeyConditions"] = self.key_conditions(table, hashes, ranges)
        else:
            payload["KeyConditionExpression"] = self.mangled(self.key_condition(table, hashes, ranges))
        self.filtered(payload, "QueryFilter", 0.7 if "KeyConditions" in payload else 0.01)
        self.with_options(payload)
        if self.chance(0.15):
            payload["ExclusiveStartKey"] = self.start_key(table, hashes + ranges)
        return "Query", self.with_placeholders(payload)

    def with_options(self, payload):
        if self.chance(0.4):
            payload["Limit"] = self.random.randint(0 if self.chance(0.01) else 1, 4)
        if self.chance(0.5):
            payload["ScanIndexForward"] = self.chance(0.5)
        if self.chance(0.2):
            payload["ConsistentRead"] = self.chance(0.5)
        if self.chance(0.1):
            payload["Select"] = self.choose("COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES")
        if self.chance(0.005):
            payload["Select"] = self.choose("SPECIFIC_ATTRIBUTES", "count")
        if self.chance(0.005):
            payload["IndexName"] = "unknown"

    def start_key(self, table, keys):
        return {
            **self.key(table),
            **{name: self.index_value(table, name) or self.key_value(kind) for name, kind in keys},
        }

    def go_on(self, payload, reply):
        """The driver tells where a Query ended that was not at its end."""
        self.pages = [*self.pages[-20:], {**payload, "ExclusiveStartKey": reply["LastEvaluatedKey"]}]

    def scan(self):
        """A whole table or index: pages depend on the hash of a table, the items do not."""
        table = self.table()
        payload = {"TableName": table}
        if self.present[table] and self.chance(0.5):
            payload["IndexName"] = self.choose(*self.present[table]).name
        self.filtered(payload, "ScanFilter", 0.3)
        return "Scan", self.with_placeholders(payload)

    def filtered(self, payload, legacy_filter, legacy_share):
        """A filter and a projection, each perhaps, as expressions or as the older parameters."""
        legacy = self.chance(legacy_share)
        if self.chance(0.4) and legacy:
            self.put_conditions(payload, legacy_filter, self.comparison)
        elif self.chance(0.4):
            payload["FilterExpression"] = self.mangled(self.condition())
        if self.chance(0.25) and legacy:
            payload["AttributesToGet"] = [self.plain_name() for _ in range(self.random.randint(1, 3))]
        elif self.chance(0.25):
            payload["ProjectionExpression"] = self.projection()

    # Many items

    def batch_write(self):
        requested, seen = {}, set()
        for _ in range(self.random.randint(1, 6) if not self.chance(0.01) else 40):
            table = self.table() if self.chance(0.2) else TABLES[len(seen) % 2]
            item = self.item(table)
            key = {name: item[name] for name, _ in SCHEMAS[table].keys if name in item}
            if str((table, key)) in seen and not self.chance(0.01):
                continue
            seen.add(str((table, key)))
            write = {"PutRequest": {"Item": item}} if self.chance(0.7) else {"DeleteRequest": {"Key": key}}
            requested.setdefault(table, []).append(write)
        payload = {"RequestItems": requested}
        if self.chance(0.1):
            payload["ReturnItemCollectionMetrics"] = "SIZE"
        return "BatchWriteItem", payload

    def batch_get(self):
        requested = {}
        for table in self.random.sample(TABLES, self.random.randint(1, 2)):
            keys, seen = [], set()
            for _ in range(self.random.randint(1, 6)):
                key = self.key(table)
                if str(key) not in seen or self.chance(0.01):
                    keys.append(key)
                seen.add(str(key))
            requested[table] = {"Keys": keys, "ConsistentRead": self.chance(0.5)}
            if self.chance(0.3):
                requested[table]["ProjectionExpression"] = self.mangled(self.projection())
            elif self.chance(0.1):
                requested[table]["AttributesToGet"] = [self.plain_name()]
            self.with_placeholders(requested[table])
        return "BatchGetItem", {"RequestItems": requested}

    # Transactions

    def action(self):
        table = self.table()
        kind = self.random.choices(("Put", "Update", "Delete", "ConditionCheck"), (35, 35, 15, 15))[0]
        payload = {"TableName": table, **({"Item": self.item(table)} if kind == "Put" else {"Key": self.key(table)})}
        if kind == "Update":
            payload["UpdateExpression"] = self.mangled(self.update_expression(table))
        if kind == "ConditionCheck" or self.chance(0.2):
            payload["ConditionExpression"] = self.mangled(
                self.condition()
                if self.chance(0.4)
                else f"{self.choose('attribute_exists', 'attribute_not_exists')}({self.name()})"
            )
            if self.chance(0.5):
                payload["ReturnValuesOnConditionCheckFailure"] = self.choose("ALL_OLD", "ALL_OLD", "NONE")
        return {kind: self.with_placeholders(payload)}

    def transact_write(self):
        actions = [self.action() for _ in range(self.random.randint(1, 5))]
        if self.chance(0.005):
            actions[0].update(self.action() if self.chance(0.5) else {"Put": None})
        payload = {"TransactItems": actions}
        if self.chance(0.2):
            payload["ReturnItemCollectionMetrics"] = "SIZE"
        return "TransactWriteItems", self.with_token(payload, "TransactItems") if self.chance(0.3) else payload

    def with_token(self, payload, member):
        """A token of its own, or one that was used before, with the same actions or with these."""
        used = [pair for pair in self.sent[-10:] if pair[0] == member]
        if used and self.chance(0.5):
            _, token, actions = self.choose(*used)
            return {**payload, "ClientRequestToken": token, **({member: actions} if self.chance(0.8) else {})}
        token = f"token-{self.random.randrange(10 ** 9)}"
        self.sent = [*self.sent[-20:], (member, token, payload[member])]
        return {**payload, "ClientRequestToken": token}

    def transact_get(self):
        gets = []
        for _ in range(self.random.randint(1, 5)):
            table = self.table()
            payload = {"TableName": table, "Key": self.key(table)}
            if self.chance(0.4):
                payload["ProjectionExpression"] = self.mangled(self.projection())
            gets.append({"Get": self.with_placeholders(payload)})
        return "TransactGetItems", {"TransactItems": gets}
