# SPDX-License-Identifier: Apache-2.0
"""Whether a resolved condition holds of an item (data-plane.md 4.3 "Evaluation"). No item is an item without
attributes.
"""

from decimal import Decimal

from model import paths, values
from model.checks import At, Literal
from model.grammar import And, Between, Call, Compare, In, Not, Or


def holds(node, item):
    if isinstance(node, And):
        return all(holds(part, item) for part in node.parts)
    if isinstance(node, Or):
        return any(holds(part, item) for part in node.parts)
    if isinstance(node, Not):
        return not holds(node.part, item)
    if isinstance(node, Compare) and any(has_no_size(operand, item) for operand in (node.left, node.right)):
        return False
    if isinstance(node, Compare):
        return compare(node.operator, value_of(node.left, item), value_of(node.right, item))
    if isinstance(node, Between):
        operand = value_of(node.operand, item)
        return (compare(">=", operand, value_of(node.lower, item)) and
                compare("<=", operand, value_of(node.upper, item)))
    if isinstance(node, In):
        operand = value_of(node.operand, item)
        return any(compare("=", operand, value_of(member, item)) for member in node.members)
    return test(node.call.function, node.call.operands, item)


def value_of(operand, item):
    """The operand's value, or None if it has none."""
    if isinstance(operand, Literal):
        return operand.value
    if isinstance(operand, At):
        return paths.find(item, operand.path)
    return size_of(value_of(operand.operands[0], item))


def has_no_size(operand, item):
    """A size that is not defined makes the comparison around it false, <> as well."""
    return isinstance(operand, Call) and value_of(operand, item) is None


def size_of(value):
    if value is None or value[0] in ("N", "BOOL", "NULL"):
        return None
    kind, content = value
    return "N", Decimal(len(content.encode("utf-16-le")) // 2 if kind == "S" else len(content))


def compare(operator, one, other):
    if operator == "=":
        return one is not None and one == other
    if operator == "<>":
        return not compare("=", one, other)
    if one is None or other is None:
        return False
    if operator == "<":
        return values.less(one, other)
    if operator == ">":
        return values.less(other, one)
    return one[0] in values.ORDERED and one == other or compare(operator[0], one, other)


def test(function, operands, item):
    first = value_of(operands[0], item)
    if function == "attribute_exists":
        return first is not None
    if function == "attribute_not_exists":
        return first is None
    second = value_of(operands[1], item)
    if first is None or second is None:
        return False
    if function == "attribute_type":
        return first[0] == second[1]
    return begins_with(first, second) if function == "begins_with" else contains(first, second)


def begins_with(value, prefix):
    return value[0] == prefix[0] and value[0] in ("S", "B") and value[1].startswith(prefix[1])


def contains(value, member):
    kind, content = value
    if kind in ("S", "B"):
        return member[0] == kind and member[1] in content
    if kind in values.SETS:
        return member[0] == values.SETS[kind] and member[1] in content
    return kind == "L" and member in content
