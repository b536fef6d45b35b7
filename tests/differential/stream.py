# SPDX-License-Identifier: Apache-2.0
"""A random stream of item operations: a pure function of its seed.

Few keys and few attribute names, so that requests meet; expressions from a grammar of their own, and the older parameters in
their place, most of them right, some wrong on purpose, so that refusals are compared as well. Yields (operation, payload).
"""

import base64
import random

NAMES = ["a", "b", "c", "d", "g", "l", "m", "n", "x", "y"]
ALIASES = {"#a": "a", "#m": "m", "#dot": "a.b", "#res": "name"}
STREAM_VIEWS = {"plain": "KEYS_ONLY", "ranged": "NEW_AND_OLD_IMAGES", "numbered": "NEW_IMAGE", "bytes": "OLD_IMAGE"}
KEY_TYPES = {"plain": [("pk", "S")], "ranged": [("pk", "S"), ("sk", "N")], "numbered": [("pk", "N"), ("sk", "S")], "bytes": [("pk", "B"), ("sk", "B")]}
INDEX_KEYS = {("ranged", "gfull"): [("g", "S"), ("n", "N")], ("ranged", "gkeys"): [("g", "S")], ("ranged", "lall"): [("pk", "S"), ("l", "S")],
              ("ranged", "lkeys"): [("pk", "S"), ("n", "N")], ("numbered", "multi"): [("a", "S"), ("b", "N"), ("c", "S"), ("d", "N")]}


def schema(pairs, hashes=1):
    return [{"AttributeName": a, "KeyType": "HASH" if i < hashes else "RANGE"} for i, (a, _) in enumerate(pairs)]


def tables():
    """CreateTable requests."""
    requests = []
    for name, keys in KEY_TYPES.items():
        types = dict(keys)
        request = {"TableName": name, "KeySchema": schema(keys), "BillingMode": "PAY_PER_REQUEST",
                   "StreamSpecification": {"StreamEnabled": True, "StreamViewType": STREAM_VIEWS[name]}}
        for (table, index), pairs in INDEX_KEYS.items():
            if table != name:
                continue
            types.update(pairs)
            projection = {"gfull": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["x", "y"]}, "gkeys": {"ProjectionType": "KEYS_ONLY"},
                          "lkeys": {"ProjectionType": "KEYS_ONLY"}}.get(index, {"ProjectionType": "ALL"})
            member = "LocalSecondaryIndexes" if index.startswith("l") else "GlobalSecondaryIndexes"
            request.setdefault(member, []).append({"IndexName": index, "Projection": projection,
                                                   "KeySchema": schema(pairs, 2 if index == "multi" else 1)})
        request["AttributeDefinitions"] = [{"AttributeName": a, "AttributeType": t} for a, t in types.items()]
        requests.append(request)
    return requests


class Stream:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names, self.values = {}, {}
        self.sent = []  # tokens of transactions, with their actions

    def requests(self, count):
        for _ in range(count):
            yield self.request()

    def chance(self, share):
        return self.random.random() < share

    def choose(self, *options):
        return self.random.choice(options)

    def request(self):
        self.names, self.values = {}, {}
        make = self.random.choices((self.put, self.update, self.delete, self.get, self.query, self.scan, self.batch_write, self.batch_get,
                                    self.transact_write, self.transact_get), (20, 30, 8, 12, 15, 4, 6, 5, 9, 4))[0]
        operation, payload = make(self.choose(*KEY_TYPES))
        if self.names and "ExpressionAttributeNames" not in payload:
            payload["ExpressionAttributeNames"] = self.names
        if self.values and operation != "GetItem":
            payload["ExpressionAttributeValues"] = self.values
        if self.chance(0.3):
            payload["ReturnConsumedCapacity"] = self.choose("TOTAL", "INDEXES", "INDEXES", "NONE", "BOGUS")
        if self.chance(0.01):
            self.spoil(payload)
        return operation, payload

    def spoil(self, payload):
        """One thing of the request is taken away or made wrong."""
        name = self.random.choice(list(payload))
        payload[name] = self.choose(None, "", {}, 5, "bogus")

    # Values

    def scalar(self, kind):
        if kind == "S":
            return {"S": self.choose("", "a", "ab", "b", "ba", "x", "é", "\U0001d11e", "name", "z" * 50)}
        if kind == "N":
            return {"N": self.choose("0", "1", "1.0", "-1", "2", "10", "0.5", "-0.50", "1e3", "3", "99999999999999999999", "1e125", "1e-130")}
        return {"B": base64.b64encode(self.choose(b"", b"\x00", b"\x00\x01", b"\xff", b"abc", b"\x80")).decode()}

    def value(self, depth=0):
        kind = self.random.choice(("S", "N", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"))
        if kind in "SNB":
            return self.scalar(kind)
        if kind == "BOOL":
            return {"BOOL": self.chance(0.5)}
        if kind == "NULL":
            return {"NULL": not self.chance(0.01)}
        if kind in ("SS", "NS", "BS"):
            members = [self.scalar(kind[0])[kind[0]] for _ in range(self.random.randint(0 if self.chance(0.02) else 1, 4))]
            return {kind: members if self.chance(0.02) else sorted(set(members))}
        count = self.random.randint(0, 3) if depth < 3 else 0
        if kind == "L":
            return {"L": [self.value(depth + 1) for _ in range(count)]}
        return {"M": {self.choose(*NAMES): self.value(depth + 1) for _ in range(count)}}

    def key(self, table):
        return {name: self.key_value(kind) for name, kind in KEY_TYPES[table]}

    def key_value(self, kind):
        if self.chance(0.01):
            return self.value()
        if kind == "S":
            return {"S": self.choose("p", "q", "qq", "r", "ré") if not self.chance(0.005) else ""}
        if kind == "N":
            return {"N": self.choose("1", "1.0", "2", "-3", "10", "0", "1e1", "0.001")}
        return {"B": base64.b64encode(self.choose(b"\x00", b"\x00\x00", b"\x01", b"\xff", b"\x00\xff")).decode()}

    def index_value(self, table, name):
        """A value fit for the index key that `name` is in this table, or None if it is none."""
        for (of, _), pairs in INDEX_KEYS.items():
            if of == table and name in dict(pairs) and name not in dict(KEY_TYPES[table]):
                kind = dict(pairs)[name]
                return {"S": self.choose("g1", "g2", "g22")} if kind == "S" else {"N": self.choose("1", "2", "-1", "1.50")}
        return None

    def attribute(self, table, name):
        fit = self.index_value(table, name)
        return fit if fit and not self.chance(0.03) else self.value()

    def item(self, table):
        item = self.key(table)
        for name in self.random.sample(NAMES, self.random.randint(0, 7)):
            item[name] = self.attribute(table, name)
        return item

    # Expressions

    def placeholder(self, value):
        if self.chance(0.004):
            return ":missing"
        name = f":v{len(self.values)}"
        self.values[name] = value
        return name

    def name(self):
        if self.chance(0.12):
            alias = self.choose(*ALIASES)
            self.names[alias] = ALIASES[alias]
            return alias
        return self.choose("name", "pk", "sk") if self.chance(0.01) else self.choose(*NAMES)

    def path(self):
        path = self.name()
        while self.chance(0.25):
            path += f"[{self.random.randint(0, 3)}]" if self.chance(0.4) else "." + self.name()
        return path

    def operand(self):
        pick = self.random.random()
        if pick < 0.45:
            return self.path()
        if pick < 0.9:
            return self.placeholder(self.value())
        return f"size({self.path()})"

    def condition(self, depth=0):
        pick = self.random.random()
        if depth < 3 and pick < 0.3:
            return f"{self.condition(depth + 1)} {self.choose('AND', 'OR', 'and', 'Or')} {self.condition(depth + 1)}"
        if depth < 3 and pick < 0.4:
            return f"NOT {self.condition(depth + 1)}"
        if depth < 3 and pick < 0.48:
            return f"({self.condition(depth + 1)})"
        if pick < 0.7:
            return f"{self.operand()} {self.choose('=', '<>', '<', '<=', '>', '>=')} {self.operand()}"
        if pick < 0.75:
            return f"{self.operand()} BETWEEN {self.operand()} AND {self.operand()}"
        if pick < 0.8:
            return f"{self.operand()} IN ({', '.join(self.operand() for _ in range(self.random.randint(1, 4)))})"
        if pick < 0.88:
            return f"{self.choose('attribute_exists', 'attribute_not_exists')}({self.path()})"
        if pick < 0.92:
            kind = {"S": self.choose("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS", "s")}
            return f"attribute_type({self.path()}, {self.placeholder(kind)})"
        if pick < 0.96:
            return f"begins_with({self.path()}, {self.placeholder(self.scalar(self.choose('S', 'S', 'B', 'N')))})"
        return f"contains({self.path()}, {self.operand()})"

    def update_value(self, table, name):
        fit = self.index_value(table, name)
        literal = lambda: self.placeholder(fit if fit and not self.chance(0.03) else self.value())
        number = lambda: self.placeholder(self.scalar("N"))
        pick = self.random.random()
        if pick < 0.55:
            return literal()
        if pick < 0.63:
            return self.path()
        if pick < 0.73:
            return f"{self.choose(self.path(), number())} {self.choose('+', '-')} {number()}"
        if pick < 0.83:
            return f"if_not_exists({self.path()}, {literal()})"
        if pick < 0.9:
            return f"if_not_exists({self.path()}, {number()}) + {number()}"
        return f"list_append({self.path()}, {self.placeholder({'L': [self.value()]})})"

    def update_expression(self, table):
        sections = []
        for kind in self.random.sample(("SET", "REMOVE", "ADD", "DELETE"), self.random.choices((1, 2, 3), (70, 25, 5))[0]):
            clauses = []
            for _ in range(self.random.choices((1, 2, 3), (60, 30, 10))[0]):
                path = self.path()
                if kind == "SET":
                    clauses.append(f"{path} = {self.update_value(table, path)}")
                elif kind == "REMOVE":
                    clauses.append(path)
                else:
                    value = self.value()
                    while not self.chance(0.02) and not (set(value) & {"SS", "NS", "BS"} or (kind == "ADD" and "N" in value)):
                        value = self.value()
                    clauses.append(f"{path} {self.placeholder(value)}")
            sections.append(f"{kind} {', '.join(clauses)}")
        return " ".join(sections)

    def projection(self):
        return ", ".join(self.path() for _ in range(self.random.randint(1, 3)))

    def mangled(self, expression):
        """The expression, rarely with a character lost or doubled."""
        if not expression or not self.chance(0.01):
            return expression
        at = self.random.randrange(len(expression))
        return expression[:at] + expression[at] * self.choose(0, 2) + expression[at + 1:]

    # What expressions replaced

    def comparison(self):
        """A ComparisonOperator and its AttributeValueList."""
        operator = self.choose("EQ", "NE", "LT", "LE", "GT", "GE", "BETWEEN", "IN", "CONTAINS", "NOT_CONTAINS", "BEGINS_WITH", "NULL", "NOT_NULL")
        count = {"BETWEEN": 2, "IN": self.random.randint(1, 4), "NULL": 0, "NOT_NULL": 0}.get(operator, 1)
        kind = self.choose("S", "B") if operator == "BEGINS_WITH" else self.choose("S", "N", "B")
        values = [self.value() if operator in ("EQ", "NE") or self.chance(0.03) else self.scalar(kind) for _ in range(count)]
        if operator == "BETWEEN" and "N" not in values[0] and not self.chance(0.05):
            values.sort(key=lambda value: base64.b64decode(value["B"]) if "B" in value else str(value).encode())
        if self.chance(0.01):
            values.append(self.value())
        return {"ComparisonOperator": operator if not self.chance(0.005) else "eq", "AttributeValueList": values}

    def plain_name(self):
        return self.choose("name", "pk", "sk", "a.b") if self.chance(0.02) else self.choose(*NAMES)

    def conditions(self, entry):
        """A map of entries and, perhaps, the ConditionalOperator."""
        conditions = {self.plain_name(): entry() for _ in range(self.random.choices((0, 1, 2, 3), (2, 50, 40, 8))[0])}
        operator = self.choose(None, "AND", "OR") if len(conditions) > 1 or self.chance(0.03) else None
        return conditions, operator

    def expected_entry(self):
        pick = self.random.random()
        if pick < 0.3:
            return {"Exists": False}
        if pick < 0.6:
            return {"Value": self.value()}
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
            if action == "DELETE" and self.chance(0.5):
                del updates[name]["Value"]
        return updates

    def key_conditions(self, table, keys, hashes):
        conditions = {}
        used = self.random.randint(hashes, len(keys)) if not self.chance(0.02) else len(keys) - 1
        for at, (name, kind) in enumerate(keys[:used]):
            operator = "EQ" if at < hashes or at < used - 1 else self.choose("EQ", "LT", "LE", "GT", "GE", "BETWEEN", "BEGINS_WITH")
            if self.chance(0.01):
                operator = self.choose("NE", "NULL", "GT", "CONTAINS")
            count = {"BETWEEN": 2, "NULL": 0}.get(operator, 1)
            conditions[name] = {"ComparisonOperator": operator, "AttributeValueList": [
                self.index_value(table, name) or self.key_value(kind) for _ in range(count)]}
        return conditions

    # Operations

    def put(self, table):
        payload = {"TableName": table, "Item": self.item(table)}
        return "PutItem", self.with_condition(payload, ("NONE", "ALL_OLD"))

    def delete(self, table):
        return "DeleteItem", self.with_condition({"TableName": table, "Key": self.key(table)}, ("NONE", "ALL_OLD"))

    def update(self, table):
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
            payload["ReturnValues"] = self.choose(*return_values) if not self.chance(0.02) else "UPDATED_NEW"
        if self.chance(0.1):
            payload["ReturnItemCollectionMetrics"] = "SIZE"
        return payload

    def put_conditions(self, payload, member, entry):
        payload[member], operator = self.conditions(entry)
        if operator:
            payload["ConditionalOperator"] = operator

    def get(self, table):
        payload = {"TableName": table, "Key": self.key(table), "ConsistentRead": self.chance(0.5)}
        if self.chance(0.5):
            payload["ProjectionExpression"] = self.mangled(self.projection())
        return "GetItem", payload

    def query(self, table):
        indexes = [index for of, index in INDEX_KEYS if of == table]
        payload, keys, hashes = {"TableName": table}, KEY_TYPES[table], 1
        if indexes and self.chance(0.6):
            payload["IndexName"] = self.choose(*indexes)
            keys = INDEX_KEYS[table, payload["IndexName"]]
            hashes = 2 if payload["IndexName"] == "multi" else 1
        if self.chance(0.3):
            payload["KeyConditions"] = self.key_conditions(table, keys, hashes)
        else:
            payload["KeyConditionExpression"] = self.mangled(self.key_condition(table, keys, hashes))
        self.filtered(payload, "QueryFilter", 0.7 if "KeyConditions" in payload else 0.01)
        for member, share, make in (("Limit", 0.4, lambda: self.random.randint(1, 4)),
                                    ("ScanIndexForward", 0.5, lambda: self.chance(0.5)), ("ConsistentRead", 0.2, lambda: self.chance(0.5)),
                                    ("Select", 0.1, lambda: self.choose("COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"))):
            if self.chance(share):
                payload[member] = make()
        if self.chance(0.15):
            payload["ExclusiveStartKey"] = self.start_key(table, keys)
        return "Query", payload

    def start_key(self, table, keys):
        return {**self.key(table), **{name: self.index_value(table, name) or self.key_value(kind) for name, kind in keys}}

    def key_condition(self, table, keys, hashes):
        clauses = []
        used = self.random.randint(hashes, len(keys)) if not self.chance(0.02) else len(keys) - 1
        for at, (name, kind) in enumerate(keys[:used]):
            value = lambda: self.placeholder(self.index_value(table, name) or self.key_value(kind))
            if at < hashes or at < used - 1:
                clauses.append(f"{name} = {value()}")
                continue
            pick = self.random.random()
            if pick < 0.5:
                clauses.append(f"{name} {self.choose('=', '<', '<=', '>', '>=')} {value()}")
            elif pick < 0.75:
                clauses.append(f"{name} BETWEEN {value()} AND {value()}")
            else:
                clauses.append(f"begins_with({name}, {value()})")
        if self.chance(0.1):
            self.random.shuffle(clauses)
        return " AND ".join(clauses)

    def scan(self, table):
        """A whole table or index: pages depend on the hash of a table, the items do not."""
        payload = {"TableName": table}
        indexes = [index for of, index in INDEX_KEYS if of == table]
        if indexes and self.chance(0.5):
            payload["IndexName"] = self.choose(*indexes)
        self.filtered(payload, "ScanFilter", 0.3)
        return "Scan", payload

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

    def batch_write(self, table):
        requests, seen = [], set()
        for _ in range(self.random.randint(1, 6)):
            item = self.item(table)
            key = str([item.get(name) for name, _ in KEY_TYPES[table]])
            if key in seen and not self.chance(0.01):
                continue
            seen.add(key)
            keys = {name: item[name] for name, _ in KEY_TYPES[table]}
            requests.append({"PutRequest": {"Item": item}} if self.chance(0.7) else {"DeleteRequest": {"Key": keys}})
        return "BatchWriteItem", {"RequestItems": {table: requests}}

    def batch_get(self, table):
        keys, seen = [], set()
        for _ in range(self.random.randint(1, 6)):
            key = self.key(table)
            if str(key) not in seen or self.chance(0.01):
                keys.append(key)
            seen.add(str(key))
        return "BatchGetItem", {"RequestItems": {table: {"Keys": keys, "ConsistentRead": self.chance(0.5)}}}

    # Transactions: each action has placeholders of its own

    def with_placeholders(self, payload):
        if self.names:
            payload["ExpressionAttributeNames"] = self.names
        if self.values:
            payload["ExpressionAttributeValues"] = self.values
        self.names, self.values = {}, {}
        return payload

    def action(self):
        table = self.choose(*KEY_TYPES)
        kind = self.random.choices(("Put", "Update", "Delete", "ConditionCheck"), (35, 35, 15, 15))[0]
        payload = {"TableName": table, **({"Item": self.item(table)} if kind == "Put" else {"Key": self.key(table)})}
        if kind == "Update":
            payload["UpdateExpression"] = self.mangled(self.update_expression(table))
        if kind == "ConditionCheck" or self.chance(0.2):
            payload["ConditionExpression"] = self.mangled(self.condition() if self.chance(0.4) else
                                                          f"{self.choose('attribute_exists', 'attribute_not_exists')}({self.name()})")
            if self.chance(0.5):
                payload["ReturnValuesOnConditionCheckFailure"] = self.choose("ALL_OLD", "ALL_OLD", "NONE")
        return {kind: self.with_placeholders(payload)}

    def transact_write(self, _):
        actions = [self.action() for _ in range(self.random.randint(1, 5))]
        if self.chance(0.005):
            actions[0].update(self.action() if self.chance(0.5) else {"Put": None})
        payload = {"TransactItems": actions}
        if self.chance(0.2):
            payload["ReturnItemCollectionMetrics"] = "SIZE"
        if self.chance(0.3):
            return "TransactWriteItems", self.with_token(payload)
        return "TransactWriteItems", payload

    def with_token(self, payload):
        """A token of its own, or one that was used before, with the same actions or with these."""
        if self.sent and self.chance(0.5):
            token, actions = self.choose(*self.sent[-5:])
            return {**payload, "ClientRequestToken": token, **({"TransactItems": actions} if self.chance(0.8) else {})}
        token = f"token-{self.random.randrange(10 ** 9)}"
        self.sent.append((token, payload["TransactItems"]))
        return {**payload, "ClientRequestToken": token}

    def transact_get(self, _):
        gets = []
        for _ in range(self.random.randint(1, 5)):
            table = self.choose(*KEY_TYPES)
            payload = {"TableName": table, "Key": self.key(table)}
            if self.chance(0.4):
                payload["ProjectionExpression"] = self.mangled(self.projection())
            gets.append({"Get": self.with_placeholders(payload)})
        return "TransactGetItems", {"TransactItems": gets}
