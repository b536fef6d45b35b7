# SPDX-License-Identifier: Apache-2.0
"""How many bytes values and items weigh, and what one update may write (data-plane.md 2.1, verified-behaviour.md 4)."""

from model import number
from model.values import SETS

ITEM_MAX = 409_600


def value_size(value):
    kind, content = value
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return number.size(content)
    if kind == "B":
        return len(content)
    if kind in ("BOOL", "NULL"):
        return 1
    if kind in SETS:
        return sum(value_size((SETS[kind], member)) for member in content)
    if kind == "L":
        return 3 + sum(1 + value_size(element) for element in content)
    return 3 + sum(1 + len(name.encode()) + value_size(member) for name, member in content.items())


def item_size(item):
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())
