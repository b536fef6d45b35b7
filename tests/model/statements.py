# SPDX-License-Identifier: Apache-2.0
"""The grammar of PartiQL statements, as far as the model goes (data-plane.md 7.2 and 7.3).

Conditions become the same trees as those of expressions, with paths and values already in place. A statement that
cannot be read is refused without a text: the service's depend on its parser (7.11), and the conformance cases hold
them.
"""

import re
from typing import NamedTuple

from model import number, values
from model.constraints import NAME_PATTERN
from model.checks import At, Literal, check_bounds
from model.faults import STATEMENT, Fault, invalid
from model.grammar import (COMPARATORS, And, Arithmetic, Between, Call, Clause, Compare, ExpressionFault, In, Not, Or,
                           Test)

TOKEN = re.compile(r"""(?P<space>\s+|--[^\n]*|/\*.*?\*/)|(?P<ident>[A-Za-z_][A-Za-z0-9_]*)|(?P<quoted>"(?:[^"]|"")*")
                       |(?P<string>'(?:[^']|'')*')
                       |(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?!\w))
                       |(?P<unread>\.?[0-9][\w.]*)
                       |(?P<symbol><<|>>|<>|!=|<=|>=|[(){}\[\],.:?;=<>+*-])|(?P<bad>.)""", re.VERBOSE | re.DOTALL)
FUNCTIONS = {"attribute_exists": 1, "attribute_not_exists": 1, "attribute_type": 2, "begins_with": 2, "contains": 2,
             "size": 1}
KEYWORDS = frozenset(
    """select from where insert into value update set remove delete returning all modified old new and or not in
                        between is missing null true false order by asc desc exists""".split()
)
STATEMENT_MAX = 8192


class Select(NamedTuple):
    columns: list  # of paths; None: all
    table: str
    index: str
    where: object
    order: list  # of (name, descending)


class Insert(NamedTuple):
    table: str
    item: dict


class Update(NamedTuple):
    table: str
    clauses: list
    where: object
    returning: str


class Delete(NamedTuple):
    table: str
    where: object
    returning: str


def malformed():
    return invalid(None)


class Parser:
    def __init__(self, text, parameters):
        if len(text) > STATEMENT_MAX:
            raise invalid(None)
        self.tokens = [(match.lastgroup, match.group()) for match in TOKEN.finditer(text) if match.lastgroup != "space"]
        self.at, self.parameters, self.used = 0, parameters, 0
        self.nameless = False  # an attribute without a name was read
        self.faults = []  # of what was read without trouble; told once all of it is read

    # Tokens

    def peek(self, ahead=0):
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ("end", "")

    def take(self, kind):
        token = self.peek()
        if token[0] != kind:
            raise malformed()
        self.at += 1
        return token[1]

    def accept(self, text):
        kind, found = self.peek()
        if kind == "symbol" and found == text or kind == "ident" and found.lower() == text and text in KEYWORDS:
            self.at += 1
            return True
        return False

    def expect(self, *texts):
        for text in texts:
            if not self.accept(text):
                raise malformed()

    # Statements

    def statement(self):
        for word, read in (("select", self.select), ("insert", self.insert), ("update", self.update),
                           ("delete", self.delete)):
            if self.accept(word):
                statement = read()
                self.accept(";")
                if self.peek()[0] != "end":
                    raise malformed()
                if self.nameless:
                    raise invalid("Empty attribute name")
                if self.used != len(self.parameters):
                    raise invalid("Number of parameters in request and statement don't match.")
                if self.faults:
                    raise self.faults[0]
                return statement
        raise malformed()

    def select(self):
        columns = None if self.accept("*") else self.listed(self.path)
        self.expect("from")
        table, index = self.source()
        where = self.disjunction() if self.accept("where") else None
        order = []
        if self.accept("order"):
            self.expect("by")
            order = self.listed(self.order_term)
        return Select(columns, table, index, where, order)

    def order_term(self):
        name = self.identifier()
        descending = self.accept("desc")
        if not descending:
            self.accept("asc")
        return name, descending

    def insert(self):
        self.expect("into")
        table, index = self.source()
        self.expect("value")
        _, item = self.map_literal(None, is_item=True)
        if index is not None:
            raise invalid(None)
        return Insert(table, item)

    def update(self):
        table, index = self.source()
        clauses = []
        while True:
            if self.accept("set"):
                clauses += self.listed(self.assignment)
            elif self.accept("remove"):
                clauses += [Clause("REMOVE", path, None) for path in self.listed(self.path)]
            else:
                break
        if not clauses:
            raise malformed()
        return self.write(Update, table, index, clauses)

    def delete(self):
        self.expect("from")
        return self.write(Delete, *self.source())

    def write(self, kind, table, index, *more):
        self.expect("where")
        where = self.disjunction()
        returning = self.returning() if self.accept("returning") else None
        if index is not None:
            raise invalid("This operation is not supported on an index")
        return kind(table, *more, where, returning)

    def returning(self):
        first = "ALL" if self.accept("all") else self.expect("modified") or "MODIFIED"
        second = "OLD" if self.accept("old") else self.expect("new") or "NEW"
        self.expect("*")
        return f"{first} {second}"

    def listed(self, read):
        found = [read()]
        while self.accept(","):
            found.append(read())
        return found

    # Names and paths

    def source(self):
        table = self.identifier()
        if not re.fullmatch(NAME_PATTERN, table):
            self.faults.append(invalid(None))
        return table, self.identifier() if self.accept(".") else None

    def identifier(self):
        kind, text = self.peek()
        self.at += 1
        if kind == "quoted":
            return text[1:-1].replace('""', '"')
        if kind == "ident" and text.lower() not in KEYWORDS:
            return text
        raise malformed()

    def path(self):
        elements = [self.identifier()]
        while True:
            if self.accept("."):
                elements.append(self.identifier())
            elif self.accept("["):
                elements.append(int(self.take("number")))
                self.expect("]")
            else:
                return tuple(elements)

    # Values

    def is_value(self):
        kind, text = self.peek()
        return kind in ("string", "number") or kind == "symbol" and text in ("{", "[", "<<", "?", "+", "-") or \
            kind == "ident" and text.lower() in ("true", "false", "null")

    def value(self, where=""):
        """A literal or a parameter. `where` is the literal's place inside another, for messages."""
        kind, text = self.peek()
        if where is not None and where.count(".") + where.count("[") >= values.NEST_MAX:
            raise invalid(f"Nesting Levels have exceeded supported limits under root{where}")
        if kind == "string":
            self.at += 1
            return "S", text[1:-1].replace("''", "'")
        if kind == "number" or text in ("+", "-"):
            return "N", self.number(where)
        for word, value in (("true", ("BOOL", True)), ("false", ("BOOL", False)), ("null", ("NULL", True))):
            if self.accept(word):
                return value
        if self.accept("?"):
            return self.parameter(where)
        if text == "{":
            return self.map_literal(where)
        if self.accept("<<"):
            return self.bag(where)
        self.expect("[")
        elements = []
        while not self.accept("]"):
            if elements:
                self.expect(",")
            elements.append(self.value(f"{where}[{len(elements)}]"))
        return "L", elements

    def number(self, where):
        sign = ""
        while self.peek()[1] in ("+", "-"):
            sign = "-" if (sign == "-") != (self.peek()[1] == "-") else ""
            self.at += 1
        try:
            return number.read(sign + self.take("number"), STATEMENT)
        except Fault as fault:
            raise invalid(None if where is None else f"{fault.text} under root{where}") from fault

    def parameter(self, where):
        """A missing one is told after the whole text was found well formed; until then it is NULL."""
        self.used += 1
        if where != "":
            raise invalid(None)
        return self.parameters[self.used - 1] if self.used <= len(self.parameters) else ("NULL", True)

    def map_literal(self, where, is_item=False):
        """A map, or the item of an INSERT: each attribute of an item is a root of its own."""
        self.expect("{")
        members = {}
        while not self.accept("}"):
            if members:
                self.expect(",")
            name = self.take("string")[1:-1].replace("''", "'")
            if not name:
                self.nameless = True
            self.expect(":")
            members[name] = self.value("" if is_item else f"{where}.{name}")
        return "M", members

    def bag(self, where):
        members = []
        while not self.accept(">>"):
            if members:
                self.expect(",")
            members.append(self.value(None))  # where inside a bag, is not on record
        kinds = {kind for kind, _ in members}
        if not members:
            raise invalid("Empty bags are not supported")
        if len(kinds) > 1 or not kinds <= {"S", "N"}:
            raise invalid("Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags")
        content = [content for _, content in members]
        if len(set(content)) < len(content):
            raise invalid(None)
        return kinds.pop() + "S", tuple(values.in_order(content))

    # Conditions and operands

    def operand(self):
        if self.is_value():
            return Literal(self.value())
        if self.peek()[0] == "ident" and self.peek(1) == ("symbol", "("):
            return self.call(FUNCTIONS)
        return At(self.path())

    def call(self, functions):
        name = self.take("ident").lower()
        if name not in functions:
            raise invalid(None)
        self.expect("(")
        operands = self.listed(self.operand)
        self.expect(")")
        if len(operands) != functions[name]:
            raise invalid(None)
        return Call(name, operands)

    def disjunction(self):
        parts = [self.conjunction()]
        while self.accept("or"):
            parts.append(self.conjunction())
        return Or(parts) if len(parts) > 1 else parts[0]

    def conjunction(self):
        parts = [self.negation()]
        while self.accept("and"):
            parts.append(self.negation())
        return And(parts) if len(parts) > 1 else parts[0]

    def negation(self):
        return Not(self.negation()) if self.accept("not") else self.primary()

    def primary(self):
        if self.accept("("):
            inner = self.disjunction()
            self.expect(")")
            return inner
        operand = self.operand()
        if isinstance(operand, Call) and operand.function != "size" and self.peek()[1] not in ("=", "<>", "!="):
            return Test(operand)
        return self.comparison(operand)

    def comparison(self, left):
        kind, text = self.peek()
        if kind == "symbol" and (text in COMPARATORS or text == "!="):
            self.at += 1
            right = self.operand()
            self.check_ordered(text, right)
            return Compare("<>" if text == "!=" else text, left, right)
        if self.accept("between"):
            lower = self.operand()
            self.expect("and")
            upper = self.operand()
            self.check_ordered("BETWEEN", lower)
            self.check_ordered("BETWEEN", upper)
            try:
                check_bounds(lower, upper)
            except ExpressionFault as fault:
                self.faults.append(invalid(str(fault)))
            return Between(left, lower, upper)
        if self.accept("in"):
            closing = "]" if self.accept("[") else self.expect("(") or ")"
            members = self.listed(self.operand)
            self.expect(closing)
            return In(left, members)
        return self.is_test(left)

    def is_test(self, left):
        self.expect("is")
        negated = self.accept("not")
        if self.accept("missing"):
            test = Test(Call("attribute_not_exists", [left]))
        else:
            self.expect("null")
            test = Test(Call("attribute_type", [left, Literal(("S", "NULL"))]))
        return Not(test) if negated else test

    def check_ordered(self, operator, operand):
        if operator in ("=", "<>", "!="):
            return
        if isinstance(operand, Literal) and operand.value[0] not in values.ORDERED:
            self.faults.append(invalid("Incorrect operand type for operator or function; "
                                       f"operator or function: {operator}, operand type: {operand.value[0]}"))

    # Assignments

    def assignment(self):
        path = self.path()
        self.expect("=")
        if self.peek()[0] == "ident" and self.peek()[1].lower() in ("set_add", "set_delete"):
            call = self.call({"set_add": 2, "set_delete": 2})
            if call.operands[0] != At(path):
                raise invalid(None)
            if not isinstance(call.operands[1], Literal) or call.operands[1].value[0] not in values.SETS:
                raise invalid(None)
            return Clause("ADD" if call.function == "set_add" else "DELETE", path, call.operands[1])
        return Clause("SET", path, self.assigned())

    def assigned(self):
        left = self.assigned_operand()
        for sign in ("+", "-"):
            if self.accept(sign):
                return Arithmetic(sign, left, self.assigned_operand())
        return left

    def assigned_operand(self):
        if self.peek()[0] == "ident" and self.peek(1) == ("symbol", "("):
            return self.call({"list_append": 2, "if_not_exists": 2})
        return self.operand()


def parse(text, parameters):
    return Parser(text, parameters).statement()
