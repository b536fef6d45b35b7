# SPDX-License-Identifier: Apache-2.0
"""The notation of values in case files: JSON, with a few additions that keep the cases short.

    {TableName: "T", ...}        the quotes of a member's name may be left out
    @{pk: "a", n: 1, s: <"x">}   an item, key or map of expression values in plain form: every member becomes an
                                 AttributeValue. "a" is S, 1 is N, b"AA==" is B, true/false BOOL, null NULL, [..] L, {..} M,
                                 <"a", "b"> SS, <1, 2> NS, <b"AA=="> BS
    @"a" @1 @[..] @<..> ...      one AttributeValue in plain form
    $name                        a value from an `each` table or a `save` line, or a marker of match.py
    $av({N: "abc"})              inside @{..}, an AttributeValue as it is on the wire, malformed perhaps
    $repeat("x", 1024)           a call of one of FUNCTIONS, for values too long to write out
    "a" + $repeat("b", 9) + "c"  strings are joined with +

A number stands for itself, its text kept, so 1.0 and 1e3 are sent as written.
"""

import base64
import json
import re

TOKEN = re.compile(r"""\s*(?:
    (?P<string>b?"(?:[^"\\]|\\.)*") | (?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.]) |
    (?P<word>\$?[A-Za-z_][\w.-]*) | (?P<mark>[{}\[\](),:<>@+])
)""", re.VERBOSE)


class NotationError(Exception):
    pass


class Number(float):
    """A number that remembers how it was written."""

    def __new__(cls, text):
        self = super().__new__(cls, text)
        self.text = text
        return self

    def __repr__(self):
        return self.text


class Variable:
    """$name, replaced when the case runs."""

    def __init__(self, name):
        self.name = name


class Call:
    def __init__(self, name, arguments):
        self.name, self.arguments = name, arguments


class Plain:
    """A value marked with @: to be turned into an AttributeValue, or a map of them when it is an object."""

    def __init__(self, value):
        self.value = value


class PlainSet:
    def __init__(self, members):
        self.members = members


class Wire(dict):
    """An AttributeValue in wire form: what @ makes, left alone by a further @ around it."""


class PlainBytes:
    def __init__(self, text):
        self.text = text


class Parser:
    def __init__(self, text):
        self.text, self.at = text, 0

    def peek(self):
        match = TOKEN.match(self.text, self.at)
        return match.group().strip() if match else ""

    def next(self):
        match = TOKEN.match(self.text, self.at)
        if not match:
            raise NotationError(f"cannot read {self.text[self.at:self.at + 40]!r}")
        self.at = match.end()
        return match

    def expect(self, mark):
        got = self.next().group().strip()
        if got != mark:
            raise NotationError(f"expected {mark} and got {got} before {self.text[self.at:self.at + 40]!r}")

    def at_end(self):
        return not self.text[self.at:].strip()

    def value(self):
        value = self.simple()
        while self.peek() == "+":
            self.expect("+")
            value = Call("concat", [value, self.simple()])
        return value

    def simple(self):
        token = self.next()
        text = token.group().strip()
        if token.group("string"):
            return PlainBytes(json.loads(text[1:])) if text[0] == "b" else json.loads(text)
        if token.group("number"):
            return Number(text)
        if token.group("word"):
            return self.word(text)
        if text == "@":
            return Plain(self.simple())
        if text == "{":
            return self.members()
        if text == "[":
            return self.listed("]")
        if text == "<":
            return PlainSet(self.listed(">"))
        raise NotationError(f"{text} cannot begin a value")

    def word(self, text):
        if text in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[text]
        if not text.startswith("$"):
            raise NotationError(f"{text} is no value")
        if self.peek() == "(":
            self.expect("(")
            return Call(text[1:], self.listed(")"))
        return Variable(text[1:])

    def members(self):
        found = {}
        while self.peek() != "}":
            name = self.next()
            key = json.loads(name.group("string")) if name.group("string") else name.group().strip()
            if self.peek() == "+":
                raise NotationError("a member's name cannot be computed; use $object")
            self.expect(":")
            found[key] = self.value()
            if self.peek() == ",":
                self.expect(",")
        self.expect("}")
        return found

    def listed(self, end):
        found = []
        while self.peek() != end:
            found.append(self.value())
            if self.peek() == ",":
                self.expect(",")
        self.expect(end)
        return found


def parse(text):
    parser = Parser(text)
    value = parser.value()
    if not parser.at_end():
        raise NotationError(f"left over: {text[parser.at:parser.at + 60]!r}")
    return value


def parse_row(text):
    """Several values, separated by blanks."""
    parser, values = Parser(text), []
    while not parser.at_end():
        values.append(parser.value())
    return values


# Values

def plain_value(value):
    """The AttributeValue that a plain value stands for."""
    if isinstance(value, Wire):
        return value
    if isinstance(value, bool):
        return {"BOOL": value}
    if value is None:
        return {"NULL": True}
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, Number):
        return {"N": value.text}
    if isinstance(value, int):
        return {"N": str(value)}
    if isinstance(value, PlainBytes):
        return {"B": value.text}
    if isinstance(value, list):
        return {"L": [plain_value(element) for element in value]}
    if isinstance(value, dict):
        return {"M": plain_map(value)}
    if isinstance(value, PlainSet):
        return plain_set(value.members)
    return value  # a marker of match.py, or an AttributeValue already


def plain_map(members):
    return {name: plain_value(value) for name, value in members.items()}


def plain_set(members):
    values = [plain_value(member) for member in members]
    kind = next(iter(values[0]))
    return {kind + "S": [value[kind] for value in values]}


def nested(levels, leaf="x", kind="M"):
    """`leaf` wrapped in that many maps (or lists), as an AttributeValue."""
    value = plain_value(leaf)
    for _ in range(int(levels)):
        value = {"M": {"a": value}} if kind == "M" else {"L": [value]}
    return Wire(value)


OMITTED = object()  # the value of a member that is then left out

FUNCTIONS = {
    "av": Wire,
    "repeat": lambda text, count: text * int(count),
    "concat": lambda *parts: "".join(parts),
    "base64": lambda text: base64.b64encode(text.encode("latin-1")).decode(),
    "zeros": lambda count: base64.b64encode(bytes(int(count))).decode(),
    "nested": nested,
    # $each(3, "a = :v#", " AND "): the text once for each number from 1, with # replaced by it
    "each": lambda count, text, separator="": separator.join(text.replace("#", str(i + 1)) for i in range(int(count))),
    # $rows(3, @{pk: "k#"}): the value once for each number from 1, with # replaced by it in every string
    "rows": lambda count, value: [number_strings(value, str(i + 1)) for i in range(int(count))],
    # $object("name", value, ...): an object whose names are computed
    "object": lambda *parts: dict(zip(parts[::2], parts[1::2])),
    # $fields(3, "name#", value): an object with numbered names
    "fields": lambda count, name, value: {name.replace("#", str(i + 1)): number_strings(value, str(i + 1))
                                          for i in range(int(count))},
    # $members("sk", [1, 2]): items with that one attribute
    "members": lambda name, values: [{name: plain_value(value)} for value in values],
    "merge": lambda *parts: {name: value for part in parts for name, value in part.items()},
    "join": lambda *parts: [element for part in parts for element in part],
    "char": lambda code: chr(int(code)),
    "minus": lambda a, b: int(a) - int(b),
    # $used(expression, {"#a": ..}): of names or values, those that the expression mentions; no member at all if none is
    "used": lambda text, members: mentioned(text, members) or OMITTED,
    # $if_holds(text, "?", value): the value when the text holds the part; no member at all if not
    "if_holds": lambda text, part, value: value if part in text else OMITTED,
    "merge_used": lambda text, members, more: {**more, **mentioned(text, members)},
}


def mentioned(text, members):
    return {name: value for name, value in members.items() if mentions(text, name)}


def mentions(text, placeholder):
    return re.search(re.escape(placeholder) + r"(?![A-Za-z0-9_])", text) is not None


def number_strings(value, number):
    if isinstance(value, str):
        return value.replace("#", number)
    if isinstance(value, list):
        return [number_strings(element, number) for element in value]
    if isinstance(value, dict):
        return type(value)({number_strings(name, number): number_strings(member, number)
                            for name, member in value.items()})
    return value


def evaluate(value, variables):
    """The JSON value that a parsed one stands for, with `variables` filled in. Unknown $calls are left to match.py."""
    if isinstance(value, Variable):
        if value.name not in variables:
            raise NotationError(f"${value.name} is not defined")
        return variables[value.name]
    if isinstance(value, Call):
        arguments = [evaluate(argument, variables) for argument in value.arguments]
        if value.name in FUNCTIONS:
            return FUNCTIONS[value.name](*arguments)
        if value.name in variables:
            return variables[value.name](*arguments)
        raise NotationError(f"${value.name}() is not defined")
    if isinstance(value, Plain):
        inner = evaluate_plain(value.value, variables)
        return plain_map(inner) if type(inner) is dict else plain_value(inner)
    if isinstance(value, list):
        return [evaluate(element, variables) for element in value]
    if type(value) is dict:
        members = {name: evaluate(member, variables) for name, member in value.items()}
        return {name: member for name, member in members.items() if member is not OMITTED}
    return value


def evaluate_plain(value, variables):
    """As evaluate, inside @: objects and lists stay plain until the whole is turned."""
    if isinstance(value, PlainSet):
        return PlainSet([evaluate_plain(member, variables) for member in value.members])
    if isinstance(value, list):
        return [evaluate_plain(element, variables) for element in value]
    if type(value) is dict:
        return {name: evaluate_plain(member, variables) for name, member in value.items()}
    return evaluate(value, variables)


def to_json(value):
    """JSON text of an evaluated value, numbers as they were written."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(name) + ":" + to_json(member) for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(to_json(element) for element in value) + "]"
    return json.dumps(value)
