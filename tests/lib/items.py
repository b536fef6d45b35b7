# SPDX-License-Identifier: Apache-2.0
"""What an item weighs and what an index shows of it, computed apart from the server, to check the server against.

Items are in wire form: {name: {type: value}}. Sizes follow data-plane.md 2.1 and verified-behaviour.md 4.1.
"""

import base64


def number_size(text):
    """1 + ceil(I/2) + ceil(F/2) + 1 if negative, of the digits that count; `text` is a plain decimal as the server prints it."""
    negative = text.startswith("-")
    whole, _, fraction = text.lstrip("-").partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    if not whole:
        fraction = fraction.lstrip("0")
    if not fraction:
        whole = whole.rstrip("0")
    return 1 + (len(whole) + 1) // 2 + (len(fraction) + 1) // 2 + (1 if negative else 0) if whole or fraction else 1


def value_size(value):
    (kind, inner), = value.items()
    if kind == "S":
        return len(inner.encode())
    if kind == "N":
        return number_size(inner)
    if kind == "B":
        return len(base64.b64decode(inner))
    if kind in ("BOOL", "NULL"):
        return 1
    if kind in ("SS", "NS", "BS"):
        return sum(value_size({kind[0]: member}) for member in inner)
    if kind == "L":
        return 3 + sum(1 + value_size(element) for element in inner)
    return 3 + sum(1 + len(name.encode()) + value_size(member) for name, member in inner.items())


def item_size(item):
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


class Index:
    """An index as the tests define it: its key attributes, and the other attributes it carries (None: all)."""

    def __init__(self, name, keys, carried=()):
        self.name, self.keys, self.carried = name, list(keys), carried

    def entry(self, item, table_keys):
        """What the index shows of the item, or None if it is not in the index."""
        if any(key not in item for key in self.keys):
            return None
        if self.carried is None:
            return dict(item)
        return {name: item[name] for name in (*table_keys, *self.keys, *self.carried) if name in item}


def frozen(value):
    """A hashable stand-in for a JSON value."""
    if isinstance(value, dict):
        return tuple(sorted((name, frozen(member)) for name, member in value.items()))
    if isinstance(value, list):
        return tuple(frozen(element) for element in value)
    return value
