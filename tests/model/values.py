# SPDX-License-Identifier: Apache-2.0
"""Attribute values (data-plane.md 1.1 to 1.8, verified-behaviour.md 1).

A value is a pair (type, content), such that == is DynamoDB's equality:

    S str   N Decimal   B bytes   BOOL bool   NULL True   SS NS BS sorted tuple   L list of values   M dict of values

An item is a dict of values. Nothing changes a value in place.
"""

import base64

from model import number

TYPES = ("S", "B", "N", "BOOL", "NULL", "BS", "NS", "SS", "L", "M")  # the order in which the members are looked at
SETS = {"SS": "S", "NS": "N", "BS": "B"}
ORDERED = ("S", "N", "B")
NEST_MAX = 32
TOO_DEEP_SHORT = "Nesting Levels have exceeded supported limits"
TOO_DEEP = TOO_DEEP_SHORT + ": Attributes in the item have nested levels beyond supported limit"


def read(wire, layer, depth=1, depth_max=NEST_MAX):
    """The value that a request's JSON means. `wire` has passed the reader of types (constraints.py)."""
    if depth > depth_max:
        raise layer.fault(TOO_DEEP)
    found = []
    for kind in TYPES:
        if wire.get(kind) is not None:
            found.append((kind, read_content(kind, wire[kind], layer, depth, depth_max)))
    if not found:
        raise layer.fault("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
    if len(found) > 1:
        raise layer.fault("Supplied AttributeValue has more than one datatypes set, "
                          "must contain exactly one of the supported datatypes")
    return found[0]


def read_content(kind, inner, layer, depth, depth_max):
    if kind in ("S", "BOOL"):
        return inner
    if kind == "B":
        return base64.b64decode(inner)
    if kind == "N":
        return number.read(inner, layer)
    if kind == "NULL":
        if not inner:
            raise layer.parameter("Null attribute value types must have the value of true")
        return True
    if kind in SETS:
        return read_set(kind, inner, layer)
    if kind == "L":
        return [read(element, layer, depth + 1, depth_max) for element in inner]
    return read_item(inner, layer, depth + 1, depth_max)


def read_item(wire, layer, depth=1, depth_max=NEST_MAX):
    """An item, a key, or the inside of a map."""
    if "" in wire and depth == 1:
        raise layer.fault("Empty attribute name")
    item = {name: read(inner, layer, depth, depth_max) for name, inner in wire.items()}
    if "" in wire:
        raise layer.fault("Empty attribute name")
    return item


def read_set(kind, members, layer):
    if not members:
        raise layer.parameter({"SS": "An string set  may not be empty", "NS": "An number set  may not be empty",
                               "BS": "Binary sets should not be empty"}[kind])
    content = [read_content(SETS[kind], member, layer, 1, 1) for member in members]
    if len(set(content)) < len(content):
        raise duplicates(kind, members, content, layer)
    return tuple(in_order(content))


def in_order(members):
    return sorted(members, key=lambda member: member.encode() if isinstance(member, str) else member)


def duplicates(kind, members, content, layer):
    """The fault of a set with a member twice; the two layers echo it each in its own way."""
    if kind == "NS":
        return layer.either("One or more parameter values were invalid: Input collection contains duplicates.",
                            "Input collection contains duplicates")
    if not layer.current:
        return layer.parameter(f"Input collection [{', '.join(members)}]"
                               f"{'' if kind == 'SS' else 'of type BS'} contains duplicates.")
    pairs = first_repeat(list(zip(content, members)))
    echoed = [f'"{member}"' for _, member in pairs]
    if kind == "SS":
        return layer.parameter(f"Input collection [{', '.join(echoed)}] contains duplicates.")
    return layer.parameter(f"Input collection [{','.join(echoed)}]of type BS contains duplicates.")


def first_repeat(pairs):
    """What came before the first repeat in byte order, then the repeat, then the rest as it was sent."""
    before = []
    for at, pair in enumerate(pairs):
        if pair in before:
            encoded = lambda p: p[0].encode() if isinstance(p[0], str) else p[0]
            return sorted(before, key=encoded) + pairs[at:]
        before.append(pair)
    return pairs


def show(value):
    """The JSON of a value as replies carry it."""
    kind, content = value
    if kind == "N":
        return {kind: number.show(content)}
    if kind == "B":
        return {kind: base64.b64encode(content).decode()}
    if kind in SETS:
        return {kind: [show((SETS[kind], member))[SETS[kind]] for member in content]}
    if kind == "L":
        return {kind: [show(element) for element in content]}
    if kind == "M":
        return {kind: show_item(content)}
    return {kind: content}


def show_item(item):
    return {name: show(value) for name, value in item.items()}


def order(value):
    """Something that Python orders as DynamoDB orders values of this type."""
    kind, content = value
    return content.encode() if kind == "S" else content


def less(one, other):
    """Whether one comes before the other; False if they have no order."""
    return one[0] == other[0] and one[0] in ORDERED and order(one) < order(other)


def depth(value):
    kind, content = value
    if kind == "L":
        return 1 + max(map(depth, content), default=0)
    if kind == "M":
        return 1 + max(map(depth, content.values()), default=0)
    return 1


def identity(item, names):
    """A hashable stand-in for these (scalar) attributes of an item."""
    return tuple(item[name] for name in names)
