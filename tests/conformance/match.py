# SPDX-License-Identifier: Apache-2.0
"""Comparing a reply with what a case expects of it.

Objects must have the same members, lists the same elements in order, numbers are compared by value. Markers loosen that
where the expectation itself is loose:

    $any          any value            $unordered([..])   the same elements in any order
    $absent       no such member       $contains({..})    at least these members (or, of a list, these elements)
    $string $number $boolean $list $object                anything of that JSON type
    $matches("..")  a string with this regular expression in it
    $between(a, b)  a number from a to b
"""

import re


class Marker:
    def __init__(self, name, test):
        self.name, self.test = name, test

    def __repr__(self):
        return "$" + self.name


ABSENT = Marker("absent", None)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def type_marker(name, test):
    return Marker(name, lambda got, path: None if test(got) else f"{path}: {shown(got)} is no {name}")


def unordered(elements):
    def test(got, path):
        if not isinstance(got, list) or len(got) != len(elements):
            return f"{path}: {shown(got)} has not the {len(elements)} elements expected"
        left = list(got)
        for element in elements:
            for candidate in left:
                if difference(candidate, element, path) is None:
                    left.remove(candidate)
                    break
            else:
                return f"{path}: no element is {shown(element)}; got {shown(got)}"
        return None
    return Marker("unordered", test)


def contains(expected):
    def test(got, path):
        if isinstance(expected, list):
            for element in expected:
                if not isinstance(got, list) or all(difference(g, element, path) for g in got):
                    return f"{path}: no element is {shown(element)}; got {shown(got)}"
            return None
        if not isinstance(got, dict):
            return f"{path}: {shown(got)} is no object"
        return first(member_difference(got, name, value, path) for name, value in expected.items())
    return Marker("contains", test)


def matches(pattern):
    return Marker("matches", lambda got, path: None if isinstance(got, str) and re.search(pattern, got, re.S)
                  else f"{path}: {shown(got)} does not match {pattern!r}")


def between(low, high):
    return Marker("between", lambda got, path: None if is_number(got) and low <= got <= high
                  else f"{path}: {shown(got)} is not from {low} to {high}")


MARKERS = {
    "any": Marker("any", lambda got, path: None),
    "absent": ABSENT,
    "string": type_marker("string", lambda got: isinstance(got, str)),
    "number": type_marker("number", is_number),
    "boolean": type_marker("boolean", lambda got: isinstance(got, bool)),
    "list": type_marker("list", lambda got: isinstance(got, list)),
    "object": type_marker("object", lambda got: isinstance(got, dict)),
    "unordered": unordered,
    "contains": contains,
    "matches": matches,
    "between": between,
}


def shown(value):
    text = repr(value)
    return text if len(text) <= 300 else text[:200] + f"... ({len(text)} characters)"


def first(differences):
    return next((d for d in differences if d), None)


def member_difference(got, name, expected, path):
    if expected is ABSENT:
        return f"{path}.{name}: is there, {shown(got[name])}" if name in got else None
    if name not in got:
        return f"{path}.{name}: is not there; got {shown(got)}"
    return difference(got[name], expected, f"{path}.{name}")


def difference(got, expected, path="reply"):
    """What distinguishes `got` from `expected`, as a sentence, or None."""
    if isinstance(expected, Marker):
        return expected.test(got, path)
    if is_number(expected):
        return None if is_number(got) and float(got) == float(expected) else f"{path}: {shown(got)}, expected {expected}"
    if isinstance(expected, dict):
        return dict_difference(got, expected, path)
    if isinstance(expected, list):
        return list_difference(got, expected, path)
    if type(got) is not type(expected) or got != expected:
        return f"{path}: {shown(got)}\n{' ' * len(path)}  expected {shown(expected)}"
    return None


def dict_difference(got, expected, path):
    if not isinstance(got, dict):
        return f"{path}: {shown(got)}, expected {shown(expected)}"
    extra = [name for name in got if name not in expected]
    if extra:
        return f"{path}.{extra[0]}: not expected, {shown(got[extra[0]])}"
    return first(member_difference(got, name, value, path) for name, value in expected.items())


def list_difference(got, expected, path):
    if not isinstance(got, list):
        return f"{path}: {shown(got)}, expected {shown(expected)}"
    found = first(difference(g, e, f"{path}[{i}]") for i, (g, e) in enumerate(zip(got, expected)))
    if found or len(got) == len(expected):
        return found
    return f"{path}: {len(got)} elements, expected {len(expected)}; got {shown(got)}"
