# SPDX-License-Identifier: Apache-2.0
"""Document paths: tuples of names and list indexes; what they find in an item (data-plane.md 4.2 and 4.4)."""

ELEMENTS_MAX = 32


def show(path):
    return "[" + ", ".join(f"[{element}]" if isinstance(element, int) else element for element in path) + "]"


def child(value, element):
    """What one element leads to, or None."""
    kind, content = value
    if isinstance(element, int):
        return content[element] if kind == "L" and element < len(content) else None
    return content.get(element) if kind == "M" else None


def find(item, path):
    """The value that the path leads to, or None."""
    value = ("M", item)
    for element in path:
        value = child(value, element)
        if value is None:
            return None
    return value


def clash(one, other):
    """How two paths are in each other's way: "overlap", "conflict" or None."""
    for mine, theirs in zip(one, other):
        if isinstance(mine, int) != isinstance(theirs, int):
            return "conflict"
        if mine != theirs:
            return None
    return "overlap"


def project(item, paths):
    """The item with only what the paths name: enclosing maps are kept, lists close their gaps."""
    kept = project_value(("M", item), list(paths))
    return kept[1] if kept else {}


def project_value(value, paths):
    """The value cut down to the paths, or None if they find nothing."""
    if any(not path for path in paths):
        return value
    by_element = {}
    for path in paths:
        by_element.setdefault(path[0], []).append(path[1:])
    kept = {}
    for element, rest in by_element.items():
        inner = child(value, element)
        inner = project_value(inner, rest) if inner is not None else None
        if inner is not None:
            kept[element] = inner
    if not kept:
        return None
    return ("L", [kept[index] for index in sorted(kept)]) if value[0] == "L" else ("M", kept)
