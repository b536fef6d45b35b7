# SPDX-License-Identifier: Apache-2.0
"""From the text of an expression to a tree, or to its syntax error (data-plane.md 4.1 to 4.5 and 4.10).

One function for each production. Conditions and operands share the parenthesis, so `primary` reads either, and whoever
needs a condition says so. Nothing is looked up here: names and values are checked in checks.py.
"""

import re
from typing import NamedTuple

TOKEN = re.compile(r"""(?P<space>[ \t\r\n]+)|(?P<ident>[A-Za-z][A-Za-z0-9_]*)|(?P<alias>\#[A-Za-z0-9_]+)
                       |(?P<value>:[A-Za-z0-9_]+)|(?P<digits>[0-9]+)|(?P<symbol><>|<=|>=|[()\[\],.=<>+-])|(?P<bad>.)""",
                   re.VERBOSE | re.DOTALL)
COMPARATORS = ("=", "<>", "<", "<=", ">", ">=")
CONDITION_WORDS = ("AND", "OR", "NOT", "BETWEEN", "IN")
UPDATE_WORDS = ("SET", "REMOVE", "ADD", "DELETE")
EXPRESSION_BYTES_MAX = 4096


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class Path(NamedTuple):
    elements: tuple  # ("name", text), ("alias", text) or ("index", number)


class Ref(NamedTuple):
    name: str  # of a value: ":v"


class Call(NamedTuple):
    function: str
    operands: list


class Arithmetic(NamedTuple):
    operator: str
    left: object
    right: object


class Compare(NamedTuple):
    operator: str
    left: object
    right: object


class Between(NamedTuple):
    operand: object
    lower: object
    upper: object


class In(NamedTuple):
    operand: object
    members: list


class Test(NamedTuple):
    call: Call


class And(NamedTuple):
    parts: list


class Or(NamedTuple):
    parts: list


class Not(NamedTuple):
    part: object


class Clause(NamedTuple):
    section: str  # SET, REMOVE, ADD or DELETE
    path: Path
    value: object


class Parenthesised(NamedTuple):
    inner: object


class ExpressionFault(Exception):
    """What follows `Invalid UpdateExpression: ` and its like."""


def bare(node):
    while isinstance(node, Parenthesised):
        node = node.inner
    return node


class Parser:
    def __init__(self, text, words):
        if text == "":
            raise ExpressionFault("The expression can not be empty;")
        if len(text.encode()) > EXPRESSION_BYTES_MAX:
            raise ExpressionFault("Expression size has exceeded the maximum allowed size; "
                                  f"expression size: {len(text.encode())}")
        self.text, self.words, self.at = text, words, 0
        self.redundant = self.repeated = None
        self.tokens = [Token(match.lastgroup, match.group(), match.start(), match.end())
                       for match in TOKEN.finditer(text) if match.lastgroup != "space"]

    # Tokens

    def peek(self, ahead=0):
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else Token("end", "<EOF>", len(self.text), len(self.text))

    def refuse(self):
        token = self.peek()
        first = self.tokens[self.at - 1].start if self.at else token.start
        last = self.peek(1).end if self.at + 1 < len(self.tokens) else len(self.text.rstrip(" \t\r\n"))
        raise ExpressionFault(f'Syntax error; token: "{token.text}", near: "{self.text[first:last]}"')

    def take(self, kind=None):
        token = self.peek()
        if kind and token.kind != kind or token.kind == "end":
            self.refuse()
        self.at += 1
        return token

    def is_symbol(self, *texts, ahead=0):
        token = self.peek(ahead)
        return token.kind == "symbol" and token.text in texts

    def accept(self, text):
        if self.is_symbol(text):
            self.at += 1
            return True
        return False

    def expect(self, text):
        if not self.accept(text):
            self.refuse()

    def is_word(self, *words):
        token = self.peek()
        return token.kind == "ident" and token.text.upper() in words and token.text.upper() in self.words

    def accept_word(self, word):
        if self.is_word(word):
            self.at += 1
            return True
        return False

    def end(self, result):
        if self.peek().kind != "end":
            self.refuse()
        return result

    # Paths and operands

    def element(self):
        token = self.peek()
        if token.kind == "ident" and not self.is_word(*self.words):
            self.at += 1
            return "name", token.text
        if token.kind == "alias":
            self.at += 1
            return "alias", token.text
        return self.refuse()

    def path(self):
        return self.path_from([self.element()])

    def path_from(self, elements):
        while True:
            if self.accept("."):
                elements.append(self.element())
            elif self.accept("["):
                elements.append(("index", int(self.take("digits").text)))
                self.expect("]")
            else:
                return Path(tuple(elements))

    def operand(self):
        if self.accept("("):
            inner = self.operand()
            self.expect(")")
            return self.parenthesised(inner)
        return self.plain_operand()

    def plain_operand(self):
        if self.peek().kind == "value":
            return Ref(self.take().text)
        if self.peek().kind == "ident" and not self.is_word(*self.words) and self.is_symbol("(", ahead=1):
            return self.call()
        return self.path()

    def call(self):
        function = self.take().text
        self.expect("(")
        operands = [bare(self.operand())]
        while self.accept(","):
            operands.append(bare(self.operand()))
        self.expect(")")
        return Call(function, operands)

    def parenthesised(self, inner):
        self.redundant = self.redundant or isinstance(inner, Parenthesised)
        return Parenthesised(inner)

    # Conditions

    def whole_condition(self):
        return self.end(self.condition(self.disjunction()))

    def condition(self, node):
        """The node as a condition; an operand that stands alone is none, unless it is a function."""
        inner = bare(node)
        if isinstance(inner, Call):
            return Test(inner)
        if isinstance(inner, (Path, Ref)):
            self.refuse()
        return node

    def disjunction(self):
        node = self.conjunction()
        if not self.is_word("OR"):
            return node
        parts = [bare(self.condition(node))]
        while self.accept_word("OR"):
            parts.append(bare(self.condition(self.conjunction())))
        return Or(parts)

    def conjunction(self):
        node = self.negation()
        if not self.is_word("AND"):
            return node
        parts = [bare(self.condition(node))]
        while self.accept_word("AND"):
            parts.append(bare(self.condition(self.negation())))
        return And(parts)

    def negation(self):
        if self.accept_word("NOT"):
            return Not(bare(self.condition(self.negation())))
        return self.primary()

    def primary(self):
        if not self.accept("("):
            return self.comparison(self.plain_operand())
        inner = self.disjunction()
        self.expect(")")
        node = self.parenthesised(inner)
        if isinstance(bare(node), Path) and self.is_symbol(".", "["):
            node = self.path_from(list(bare(node).elements))
        return self.comparison(node) if isinstance(bare(node), (Path, Ref, Call)) else node

    def comparison(self, left):
        if self.is_symbol(*COMPARATORS):
            return Compare(self.take().text, bare(left), bare(self.operand()))
        if self.accept_word("BETWEEN"):
            lower = bare(self.operand())
            if not self.accept_word("AND"):
                self.refuse()
            return Between(bare(left), lower, bare(self.operand()))
        if self.accept_word("IN"):
            self.expect("(")
            members = [bare(self.operand())]
            while self.accept(","):
                members.append(bare(self.operand()))
            self.expect(")")
            return In(bare(left), members)
        return left

    # Projections and updates

    def whole_projection(self):
        paths = [self.path()]
        while self.accept(","):
            paths.append(self.path())
        return self.end(paths)

    def whole_update(self):
        clauses, seen = [], set()
        while True:
            if not self.is_word(*UPDATE_WORDS):
                self.refuse()
            section = self.take().text.upper()
            self.repeated = self.repeated or (section if section in seen else None)
            seen.add(section)
            clauses.append(self.clause(section))
            while self.accept(","):
                clauses.append(self.clause(section))
            if self.peek().kind == "end":
                return clauses

    def clause(self, section):
        path = self.path()
        if section == "SET":
            self.expect("=")
            return Clause(section, path, bare(self.set_value()))
        return Clause(section, path, None if section == "REMOVE" else Ref(self.take("value").text))

    def set_value(self):
        if self.accept("("):
            left = self.set_value()
            self.expect(")")
            left = self.parenthesised(left)
            if isinstance(bare(left), Arithmetic):
                return left
        else:
            left = self.plain_operand()
        if self.is_symbol("+", "-"):
            return Arithmetic(self.take().text, bare(left), bare(self.operand()))
        return left
