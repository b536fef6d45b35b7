# SPDX-License-Identifier: Apache-2.0
"""The parameters that expressions replaced (data-plane.md 5): their shape, and what their conditions mean.

A set of conditions becomes a function from an item to True or False.
"""

from model import conditions, values
from model.updates import LegacyUpdate

OPERATORS = ("IN", "NULL", "BETWEEN", "LT", "NOT_CONTAINS", "EQ", "GT", "NOT_NULL", "NE", "LE", "BEGINS_WITH", "GE",
             "CONTAINS")
ARGUMENTS = {"BETWEEN": 2, "NULL": 0, "NOT_NULL": 0}
SYMBOLS = {"EQ": "=", "NE": "<>", "LT": "<", "LE": "<=", "GT": ">", "GE": ">="}


class Comparison:
    """One checked entry of Expected, a filter or KeyConditions."""

    def __init__(self, name, operator, operands):
        self.name, self.operator, self.operands = name, operator, operands

    def holds(self, item):
        value = item.get(self.name)
        if self.operator == "NULL":
            return value is None
        if self.operator == "NOT_NULL":
            return value is not None
        if self.operator in SYMBOLS:
            return conditions.compare(SYMBOLS[self.operator], value, self.operands[0])
        if value is None:
            return False
        if self.operator == "BETWEEN":
            return (conditions.compare(">=", value, self.operands[0]) and
                    conditions.compare("<=", value, self.operands[1]))
        if self.operator == "IN":
            return value in self.operands
        if self.operator == "BEGINS_WITH":
            return conditions.begins_with(value, self.operands[0])
        return conditions.contains(value, self.operands[0]) == (self.operator == "CONTAINS")


def check_comparison(name, operator, wire_values, layer):
    """Number and types of the values, in the order of 5.2 rows 4 to 7."""
    operands = [values.read(value, layer) for value in wire_values]
    wanted = ARGUMENTS.get(operator, 1)
    if not operands if operator == "IN" else len(operands) != wanted:
        raise layer.parameter(f"Invalid number of argument(s) for the {operator} ComparisonOperator")
    kinds = [kind for kind, _ in operands]
    if len(set(kinds)) > 1:
        raise layer.parameter("AttributeValues inside AttributeValueList must be of same type")
    allowed = values.TYPES if operator in ("EQ", "NE") else ("S", "B") if operator == "BEGINS_WITH" else values.ORDERED
    if kinds and kinds[0] not in allowed:
        raise layer.parameter(f"ComparisonOperator {operator} is not valid for {kinds[0]} AttributeValue type")
    if operator == "BETWEEN" and values.less(operands[1], operands[0]):
        raise layer.fault(
            "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"
        )
    return Comparison(name, operator, operands)


def combined(comparisons, conditional_operator):
    """The condition that these make together, or None if there are none."""
    if not comparisons:
        return None
    join = any if conditional_operator == "OR" else all
    return lambda item: join(comparison.holds(item) for comparison in comparisons)


def check_operator_count(request, conditions_of, layer):
    if request.get("ConditionalOperator") is None:
        return
    if not conditions_of:
        raise layer.fault("ConditionalOperator cannot be used without Filter or Expected")
    if len(conditions_of) == 1:
        raise layer.fault("ConditionalOperator can only be used when Filter or Expected has two or more elements")


def read_filter(request, member, layer):
    """QueryFilter or ScanFilter as a list of comparisons."""
    return [check_comparison(name, entry["ComparisonOperator"], entry.get("AttributeValueList") or [], layer)
            for name, entry in (request.get(member) or {}).items()]


def read_expected(request, layer):
    """Expected as a list of comparisons."""
    return [expected_entry(name, entry, layer) for name, entry in (request.get("Expected") or {}).items()]


def expected_entry(name, entry, layer):
    value, listed = entry.get("Value"), entry.get("AttributeValueList")
    exists, operator = entry.get("Exists"), entry.get("ComparisonOperator")
    if value is not None and listed is not None:
        raise layer.parameter(f"Value and AttributeValueList cannot be used together for Attribute: {name}")
    if operator is not None:
        if exists is not None:
            raise layer.parameter(f"Exists and ComparisonOperator cannot be used together for Attribute: {name}")
        if value is None and listed is None and operator not in ("NULL", "NOT_NULL"):
            raise layer.parameter(f"Value or AttributeValueList must be used with ComparisonOperator: {operator} "
                                  f"for Attribute: {name}")
        return check_comparison(name, operator, [value] if value is not None else listed or [], layer)
    if listed is not None:
        raise layer.parameter(f"AttributeValueList can only be used with a ComparisonOperator for Attribute: {name}")
    if exists is False:
        if value is not None:
            raise layer.parameter(f"Value cannot be used when Exists is false for Attribute: {name}")
        return Comparison(name, "NULL", [])
    if value is None:
        raise layer.parameter(
            f"Value must be provided when Exists is {'true' if exists else 'null'} for Attribute: {name}"
        )
    return Comparison(name, "EQ", [values.read(value, layer)])


def read_updates(request, layer):
    """AttributeUpdates as a list."""
    return [update_entry(name, entry, layer) for name, entry in (request.get("AttributeUpdates") or {}).items()]


def update_entry(name, entry, layer):
    action = entry.get("Action") or "PUT"
    value = values.read(entry["Value"], layer) if entry.get("Value") is not None else None
    if value is None and action != "DELETE":
        raise layer.parameter("Only DELETE action is allowed when no attribute value is specified")
    if value is not None and action == "DELETE" and value[0] not in values.SETS:
        raise layer.parameter(f"DELETE action with value is not supported for the type {value[0]}")
    if value is not None and action == "ADD" and value[0] not in ("N", "L", *values.SETS):
        raise layer.parameter(f"ADD action is not supported for the type {value[0]}")
    return LegacyUpdate(name, action, value)


def check_names(request, layer):
    """AttributesToGet names nothing twice."""
    seen = set()
    for name in request.get("AttributesToGet") or []:
        if name in seen:
            raise layer.parameter(f"Duplicate value in attribute name: {name}")
        seen.add(name)
