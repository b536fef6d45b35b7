# SPDX-License-Identifier: Apache-2.0
"""Random expressions: conditions, updates, projections and key conditions, most of them right.

Names and values that an expression uses are gathered in `names` and `values` until a request takes them.
"""

from differential.schemas import ALIASES, NAMES
from differential.values import Values

COMPARATORS = ("=", "<>", "<", "<=", ">", ">=")


class Expressions(Values):
    def __init__(self, seed):
        super().__init__(seed)
        self.names, self.values = {}, {}

    def with_placeholders(self, payload):
        """The request with what its expressions used."""
        if self.names:
            payload["ExpressionAttributeNames"] = self.names
        if self.values:
            payload["ExpressionAttributeValues"] = self.values
        self.names, self.values = {}, {}
        return payload

    def placeholder(self, value):
        if self.chance(0.003):
            return ":missing"
        name = f":v{len(self.values)}"
        self.values[name] = value
        return name

    def name(self):
        if self.chance(0.12):
            alias = self.choose(*ALIASES)
            self.names[alias] = ALIASES[alias]
            return alias
        return self.choose("name", "pk", "sk", "Size", "#none") if self.chance(0.006) else self.choose(*NAMES)

    def path(self):
        path = self.name()
        while self.chance(0.25):
            path += f"[{self.random.randint(0, 3)}]" if self.chance(0.4) else "." + self.name()
        return path

    def mangled(self, expression):
        """The expression, rarely with a character lost or doubled."""
        if not expression or not self.chance(0.01):
            return expression
        at = self.random.randrange(len(expression))
        return expression[:at] + expression[at] * self.choose(0, 2) + expression[at + 1:]

    # Conditions

    def operand(self):
        pick = self.random.random()
        if pick < 0.45:
            return self.path()
        if pick < 0.88:
            return self.placeholder(self.value())
        return f"size({self.path()})" if pick < 0.97 else f"({self.operand()})"

    def condition(self, depth=0):
        pick = self.random.random()
        if depth < 3 and pick < 0.3:
            return f"{self.condition(depth + 1)} {self.choose('AND', 'OR', 'and', 'Or')} {self.condition(depth + 1)}"
        if depth < 3 and pick < 0.4:
            return f"NOT {self.condition(depth + 1)}"
        if depth < 3 and pick < 0.48:
            return f"({self.condition(depth + 1)})"
        return self.single_condition()

    def single_condition(self):
        pick = self.random.random()
        if pick < 0.42:
            return f"{self.operand()} {self.choose(*COMPARATORS)} {self.operand()}"
        if pick < 0.5:
            return f"{self.operand()} BETWEEN {self.operand()} AND {self.operand()}"
        if pick < 0.6:
            return f"{self.operand()} IN ({', '.join(self.operand() for _ in range(self.random.randint(1, 4)))})"
        if pick < 0.76:
            return f"{self.choose('attribute_exists', 'attribute_not_exists')}({self.path()})"
        if pick < 0.83:
            kind = {"S": self.choose("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS", "s")}
            return f"attribute_type({self.path()}, {self.placeholder(kind)})"
        if pick < 0.91:
            return f"begins_with({self.path()}, {self.placeholder(self.scalar(self.choose('S', 'S', 'B', 'N')))})"
        if pick < 0.99:
            return f"contains({self.path()}, {self.operand()})"
        return self.wrong_condition()

    def wrong_condition(self):
        return self.choose(
            lambda: f"size({self.path()})",
            lambda: f"attribute_exists({self.path()}, {self.path()})",
            lambda: f"begins_with({self.path()})",
            lambda: f"nothing({self.path()})",
            lambda: self.path(),
            lambda: f"attribute_exists({self.placeholder(self.value())})",
            lambda: f"(({self.condition(3)}))",
            lambda: f"{self.path()} = if_not_exists({self.path()}, {self.path()})",
            lambda: f"size(size({self.path()})) > {self.placeholder(self.scalar('N'))}",
        )()

    # Updates and projections

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
        if pick < 0.81:
            return f"if_not_exists({self.path()}, {literal()})"
        if pick < 0.89:
            return f"if_not_exists({self.path()}, {number()}) {self.choose('+', '-')} {number()}"
        if pick < 0.92:
            return f"if_not_exists({self.path()}, if_not_exists({self.path()}, {literal()}))"
        grown, tail = self.path(), self.placeholder({"L": [self.value()]})
        if pick < 0.96:
            return f"list_append({grown}, {tail})" if self.chance(0.5) else f"list_append({tail}, {grown})"
        if pick < 0.99:
            return f"list_append(if_not_exists({grown}, {tail}), {tail})"
        return self.choose(f"list_append(list_append({tail}, {tail}), {tail})", f"size({grown})", f"nothing({grown})",
                           f"if_not_exists({tail}, {tail})", f"list_append({grown})", f"({tail})")

    def update_expression(self, table):
        sections = []
        kinds = self.random.sample(("SET", "REMOVE", "ADD", "DELETE"), self.random.choices((1, 2, 3), (70, 25, 5))[0])
        for kind in kinds + kinds[:1] if self.chance(0.004) else kinds:
            clauses = [self.clause(kind, table) for _ in range(self.random.choices((1, 2, 3), (60, 30, 10))[0])]
            sections.append(f"{kind if not self.chance(0.1) else kind.lower()} {', '.join(clauses)}")
        return " ".join(sections)

    def clause(self, kind, table):
        path = self.path()
        if kind == "SET":
            return f"{path} = {self.update_value(table, path)}"
        if kind == "REMOVE":
            return path
        value = self.value()
        while not self.chance(0.02) and not (set(value) & {"SS", "NS", "BS"} or (kind == "ADD" and "N" in value)):
            value = self.value()
        return f"{path} {self.placeholder(value)}"

    def projection(self):
        return ", ".join(self.path() for _ in range(self.random.randint(1, 3)))

    # Key conditions

    def key_operand(self, table, name, kind):
        return self.placeholder(self.index_value(table, name) or self.key_value(kind))

    def key_condition(self, table, hashes, ranges):
        keys = hashes + ranges
        used = self.random.randint(len(hashes), len(keys)) if not self.chance(0.02) else len(keys) - 1
        clauses = []
        for at, (name, kind) in enumerate(keys[:used]):
            if at < len(hashes) or at < used - 1:
                clauses.append(f"{name} = {self.key_operand(table, name, kind)}")
            else:
                clauses.append(self.range_condition(table, name, kind))
        if self.chance(0.015):
            clauses.append(self.wrong_key_condition())
        if self.chance(0.1):
            self.random.shuffle(clauses)
        return " AND ".join(f"({clause})" if self.chance(0.03) else clause for clause in clauses)

    def range_condition(self, table, name, kind):
        operand = lambda: self.key_operand(table, name, kind)
        pick = self.random.random()
        if pick < 0.45:
            return f"{name} {self.choose(*COMPARATORS[:1], *COMPARATORS[2:])} {operand()}"
        if pick < 0.5:
            return f"{operand()} {self.choose(*COMPARATORS[:1], *COMPARATORS[2:])} {name}"
        if pick < 0.75:
            return f"{name} BETWEEN {operand()} AND {operand()}"
        return f"begins_with({name}, {operand()})"

    def wrong_key_condition(self):
        operand = lambda: self.placeholder(self.scalar("S"))
        return self.choose(lambda: f"sk <> {operand()}", lambda: f"NOT sk = {operand()}",
                           lambda: f"contains(sk, {operand()})", lambda: f"size(sk) = {operand()}",
                           lambda: f"sk.a = {operand()}", lambda: f"sk = {operand()}", lambda: f"sk IN ({operand()})",
                           lambda: f"{operand()} = {operand()}", lambda: "sk = a", lambda: f"a = {operand()}",
                           lambda: f"(sk = {operand()} OR sk = {operand()})")()
