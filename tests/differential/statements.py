# SPDX-License-Identifier: Apache-2.0
"""Random PartiQL: single statements, batches and transactions of them, most of them right.

Values are parameters, or literals where PartiQL has them. `parameters` gathers those of the statement at hand.
"""

import re

from differential.requests import Requests
from differential.schemas import NAMES, SCHEMAS

COMPARATORS = ("=", "<>", "!=", "<", "<=", ">", ">=")
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]{1,3})?")
LITERAL_MAX = 1000
RETURNING = ("ALL OLD *", "ALL NEW *", "MODIFIED OLD *", "MODIFIED NEW *")


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def literal(value):
    """The value written out, or None where PartiQL has no literal for it."""
    (kind, inner), = value.items()
    if kind == "S":
        return quoted(inner)
    if kind == "N":
        return inner if PLAIN_NUMBER.fullmatch(inner) else None
    if kind == "BOOL":
        return str(inner).lower()
    if kind == "NULL":
        return "null"
    if kind in ("SS", "NS"):
        if kind == "NS" and not all(map(PLAIN_NUMBER.fullmatch, inner)):
            return None
        return f"<<{', '.join(quoted(member) if kind == 'SS' else member for member in inner)}>>"
    members = (
        [literal(member) for member in (inner.values() if kind == "M" else inner if kind == "L" else [{"B": 0}])]
        if kind in "ML"
        else [None]
    )
    if None in members:
        return None
    return f"[{', '.join(members)}]" if kind == "L" else \
        "{" + ", ".join(f"{quoted(name)}: {member}" for name, member in zip(inner, members)) + "}"


class Statements(Requests):
    def __init__(self, seed):
        super().__init__(seed)
        self.parameters = []

    def written(self, value, share=0.3):
        """The value as a literal or as a parameter."""
        text = literal(value) if self.chance(share) else None
        if text is not None and len(text) < LITERAL_MAX:
            return text
        self.parameters.append(value)
        return "?"

    def column(self):
        name = self.choose(*NAMES) if not self.chance(0.05) else self.choose('"a.b"', '"name"')
        while self.chance(0.15):
            name += f"[{self.random.randint(0, 2)}]" if self.chance(0.4) else "." + self.choose(*NAMES)
        return name

    def statement_table(self):
        return self.table() if not self.chance(0.005) else "absent"

    def from_table(self, table):
        return f'"{table}"' if self.chance(0.5) else table

    # Conditions

    def predicate(self):
        pick = self.random.random()
        if pick < 0.5:
            return f"{self.column()} {self.choose(*COMPARATORS)} {self.written(self.value())}"
        if pick < 0.58:
            return f"{self.column()} BETWEEN {self.written(self.scalar('N'))} AND {self.written(self.scalar('N'))}"
        if pick < 0.66:
            members = [self.written(self.value()) for _ in range(self.random.randint(1, 3))]
            return f"{self.column()} IN [{', '.join(members)}]"
        if pick < 0.74:
            return f"{self.column()} IS {self.choose('', 'NOT ')}{self.choose('MISSING', 'NULL')}"
        if pick < 0.82:
            return f"{self.choose('attribute_exists', 'attribute_not_exists', 'Attribute_Exists')}({self.column()})"
        if pick < 0.88:
            return f"begins_with({self.column()}, {self.written(self.scalar(self.choose('S', 'S', 'B')))})"
        if pick < 0.94:
            return f"contains({self.column()}, {self.written(self.value())})"
        return f"size({self.column()}) {self.choose(*COMPARATORS)} {self.written(self.scalar('N'))}"

    def predicates(self, depth=0):
        pick = self.random.random()
        if depth < 2 and pick < 0.2:
            return f"{self.predicates(depth + 1)} {self.choose('AND', 'OR')} {self.predicates(depth + 1)}"
        if depth < 2 and pick < 0.3:
            return f"NOT ({self.predicates(depth + 1)})"
        return self.predicate()

    def key_clauses(self, table, keys):
        """Equalities on all of the key, now and then not quite."""
        clauses = [f"{name} = {self.written(self.key_value(kind))}" for name, kind in keys]
        if self.chance(0.01):
            clauses.pop()
        return clauses or [self.predicate()]

    def where(self, clauses, share):
        """AND of the clauses and perhaps of another predicate."""
        if self.chance(share):
            other = self.predicates()
            clauses = [*clauses, f"({other})" if " OR " in other else other]
        return " AND ".join(clauses)

    # Statements

    def select(self):
        table = self.statement_table()
        schema = SCHEMAS.get(table, SCHEMAS["plain"])
        source, keys = self.from_table(table), schema.keys
        single = [index for index in self.present.get(table, []) if len(index.hashes) == 1]
        if single and self.chance(0.3):
            index = self.choose(*single)
            source, keys = f'"{table}"."{index.name}"', index.keys
        columns = "*" if self.chance(0.7) else ", ".join(self.column() for _ in range(self.random.randint(1, 3)))
        operators = ["=", self.choose("=", "<", "<=", ">", ">=")][:2 if self.chance(0.6) else 1]
        clauses = [f"{name} {operator} {self.written(self.index_value(table, name) or self.key_value(kind))}"
                   for (name, kind), operator in zip(keys, operators)]
        order = f" ORDER BY {keys[-1][0]} {self.choose('ASC', 'DESC')}" if self.chance(0.15) else ""
        return f"SELECT {columns} FROM {source} WHERE {self.where(clauses, 0.4)}{order}"

    def select_one(self):
        """By the whole key: what batches and transactions of reads may hold."""
        table = self.statement_table()
        columns = "*" if self.chance(0.8) else self.column()
        return f"SELECT {columns} FROM {self.from_table(table)} WHERE " + " AND ".join(
            self.key_clauses(table, SCHEMAS.get(table, SCHEMAS["plain"]).keys))

    def insert(self):
        table = self.statement_table()
        item = self.item(table if table in SCHEMAS else "plain")
        members = [f"{quoted(name)}: {self.written(value)}" for name, value in item.items()]
        return f"INSERT INTO {self.from_table(table)} VALUE {{{', '.join(members)}}}"

    def statement_update(self, returning=True):
        table = self.statement_table()
        clauses = []
        for _ in range(self.random.choices((1, 2, 3), (60, 30, 10))[0]):
            column = self.column()
            clauses.append(
                f"REMOVE {column}" if self.chance(0.25) else f"SET {column} = {self.assigned(table, column)}"
            )
        where = self.where(self.key_clauses(table, SCHEMAS.get(table, SCHEMAS["plain"]).keys), 0.3)
        ending = f" RETURNING {self.choose(*RETURNING)}" if returning and self.chance(0.4) else ""
        return f"UPDATE {self.from_table(table)} {' '.join(clauses)} WHERE {where}{ending}"

    def assigned(self, table, column):
        fit = self.index_value(table, column) if table in SCHEMAS else None
        if fit and not self.chance(0.05):
            return self.written(fit)
        pick = self.random.random()
        if pick < 0.6:
            return self.written(self.value())
        if pick < 0.7:
            return self.column()
        if pick < 0.8:
            return f"{self.column()} {self.choose('+', '-')} {self.written(self.scalar('N'))}"
        if pick < 0.88:
            return f"list_append({self.column()}, {self.written({'L': [self.value()]})})"
        members = {"SS": sorted({self.choose("a", "b", "x", "é") for _ in range(2)})} if self.chance(0.5) else \
            {"NS": sorted({self.choose("1", "2", "-1") for _ in range(2)})}
        return f"{self.choose('set_add', 'set_delete')}({column}, {self.written(members)})"

    def statement_delete(self, returning=True):
        table = self.statement_table()
        where = self.where(self.key_clauses(table, SCHEMAS.get(table, SCHEMAS["plain"]).keys), 0.3)
        ending = "" if not returning or not self.chance(0.4) else \
            f" RETURNING {'ALL OLD *' if self.chance(0.95) else self.choose(*RETURNING)}"
        return f"DELETE FROM {self.from_table(table)} WHERE {where}{ending}"

    def member(self, statement):
        """One statement with its parameters."""
        member = {"Statement": self.mangled(statement)}
        if self.parameters:
            member["Parameters"] = (
                self.parameters if not self.chance(0.003) else self.parameters[1:] or [{"S": "a"}, {"S": "b"}]
            )
        self.parameters = []
        return member

    # Operations

    def execute(self):
        make = self.random.choices(
            (self.select, self.insert, self.statement_update, self.statement_delete), (35, 25, 30, 10)
        )[0]
        payload = self.member(make())
        if payload["Statement"].startswith("SELECT"):
            if self.chance(0.3):
                payload["ConsistentRead"] = self.chance(0.5)
        elif self.chance(0.3):
            payload["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        return "ExecuteStatement", payload

    def execute_batch(self):
        reads = self.chance(0.4)
        makes = (self.select_one,) if reads else (self.insert, self.statement_update, self.statement_delete)
        members = [self.member(self.choose(*makes)()) for _ in range(self.random.randint(1, 4))]
        return "BatchExecuteStatement", {"Statements": members}

    def execute_transaction(self):
        reads = self.chance(0.4)
        members = []
        for _ in range(self.random.randint(1, 4)):
            if reads:
                statement = self.select_one()
            else:
                statement = self.choose(
                    self.insert, lambda: self.statement_update(False), lambda: self.statement_delete(False)
                )()
            members.append(self.member(statement))
        payload = {"TransactStatements": members}
        return "ExecuteTransaction", self.with_token(payload, "TransactStatements") if self.chance(0.2) else payload
