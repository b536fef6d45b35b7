# SPDX-License-Identifier: Apache-2.0
"""Which entries of one partition a Query asks for (data-plane.md 3.6, 4.7 and 5.4, verified-behaviour.md 7).

Both ways of saying it end as a list of Term: attribute, operator, operands.
"""

from typing import NamedTuple

from model import checks, conditions, legacy
from model.checks import At, Literal
from model.faults import invalid, parameter
from model.grammar import And, Between, Call, Compare, ExpressionFault, In, Not, Or, bare
from model.tables import KIND_WORDS, NOT_THE_SCHEMA, check_key_size

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


class Term(NamedTuple):
    name: str
    operator: str  # = < <= > >= BETWEEN begins_with, or a legacy operator that no key takes
    operands: list

    def holds(self, item):
        value = item[self.name]
        if self.operator == "BETWEEN":
            return (conditions.compare(">=", value, self.operands[0]) and
                    conditions.compare("<=", value, self.operands[1]))
        if self.operator == "begins_with":
            return conditions.begins_with(value, self.operands[0])
        return conditions.compare(self.operator, value, self.operands[0])


# KeyConditionExpression


def check_expression(tree, scope, parser):
    """The terms of a KeyConditionExpression; the first fault of its clauses in written order."""
    nodes = list(checks.walk(tree))
    if parser.redundant:
        raise ExpressionFault("The expression has redundant parentheses;")
    checks.check_condition_functions(nodes)
    checks.check_words(nodes)
    checks.resolve_condition(tree, scope)
    terms = []
    for clause in clauses_of(tree):
        term = term_of(clause, scope)
        if term.name in [earlier.name for earlier in terms]:
            raise ExpressionFault("KeyConditionExpressions must only contain one condition per key")
        terms.append(term)
    return terms


def clauses_of(tree):
    tree = bare(tree)
    if isinstance(tree, And):
        for part in tree.parts:
            yield from clauses_of(part)
    elif isinstance(tree, (Or, Not, In)):
        raise no_operator(type(tree).__name__.upper())
    else:
        yield tree


def no_operator(operator):
    return ExpressionFault(f"Invalid operator used in KeyConditionExpression: {operator}")


def term_of(clause, scope):
    if isinstance(clause, Compare):
        operator, operands = clause.operator, [clause.left, clause.right]
    elif isinstance(clause, Between):
        operator, operands = "BETWEEN", list(clause)
    else:
        operator, operands = clause.call
    if operator in ("<>", "attribute_exists", "attribute_not_exists", "attribute_type", "contains"):
        raise no_operator(operator)
    if any(isinstance(operand, Call) for operand in operands):
        raise ExpressionFault("KeyConditionExpressions cannot contain nested operations")
    found = [scope.resolve(operand) for operand in operands]
    return plain_term(operator, found)


def plain_term(operator, operands):
    names = [operand for operand in operands if isinstance(operand, At)]
    wrong = "Invalid condition in KeyConditionExpression: "
    if operator in ("BETWEEN", "begins_with") and not isinstance(operands[0], At):
        raise ExpressionFault(f"{wrong}{operator} operator must have the key attribute as its first operand")
    if len(names) > 1:
        raise ExpressionFault(f"{wrong}Multiple attribute names used in one condition")
    if not names:
        raise ExpressionFault(f"{wrong}No key attribute specified")
    if len(names[0].path) > 1:
        raise ExpressionFault("KeyConditionExpressions cannot have conditions on nested attributes")
    if operator in FLIPPED and isinstance(operands[0], Literal):
        operator = FLIPPED[operator]
    return Term(names[0].path[0], operator, [operand.value for operand in operands if isinstance(operand, Literal)])


# KeyConditions

LEGACY_OPERATORS = {"EQ": "=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">=", "BETWEEN": "BETWEEN",
                    "BEGINS_WITH": "begins_with"}


def read_legacy(request, layer):
    if not request["KeyConditions"]:
        raise invalid("Conditions can be of length 1 or 2 only")
    terms = []
    for name, entry in request["KeyConditions"].items():
        one = legacy.check_comparison(name, entry["ComparisonOperator"], entry.get("AttributeValueList") or [], layer)
        terms.append(Term(name, LEGACY_OPERATORS.get(one.operator, one.operator), one.operands))
    return terms


# Against the schema


def check_terms(terms, view, start):
    """The terms, and the start key if there is one, fit the key of the table or index."""
    hashes, ranges, keys = view.hashes, view.ranges, view.keys
    if len(terms) > len(keys):
        raise invalid(
            f"The number of query conditions ({len(terms)}) exceeds the number of key attributes defined in the "
            f"schema ({len(keys)})"
        )
    by_name = {term.name: term for term in terms}
    strangers = [name for name in by_name if name not in keys]
    for name in keys if start is not None else ():
        check_start(name, start[name], view)
    for name in keys:
        if name in by_name:
            check_term(by_name[name], name in hashes, view.table.types[name])
        elif name in hashes or strangers:
            raise invalid(f"Query condition missed key schema element: {name}")
    check_prefix(by_name, ranges)


def check_start(name, value, view):
    if value[0] != view.table.types[name]:
        raise invalid(NOT_THE_SCHEMA)
    check_operand(name, value, name in view.hashes)


def check_term(term, is_hash, kind):
    if term.operator not in LEGACY_OPERATORS.values():
        raise invalid("Attempted conditional constraint is not an indexable operation")
    if any(value[0] != kind for value in term.operands):
        raise parameter("Condition parameter type does not match schema type")
    if is_hash and term.operator != "=":
        raise invalid("Query key condition not supported")
    for value in term.operands:
        check_operand(term.name, value, is_hash)


def check_operand(name, value, is_hash):
    if value[1] in ("", b""):
        raise invalid(
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain "
            f"an empty {KIND_WORDS[value[0]]} value. Key: {name}"
        )
    check_key_size(value, is_hash)


def check_prefix(by_name, ranges):
    """All range attributes before the last one named have an equality."""
    named = [name for name in ranges if name in by_name]
    if not named:
        return
    lacking = [name for name in ranges[:ranges.index(named[-1])]
               if name not in by_name or by_name[name].operator != "="]
    if lacking:
        raise invalid(
            f"RANGE key attributes {', '.join(lacking)} must have equality conditions specified in the query because "
            f"a condition is present on key attribute {named[-1]}"
        )
