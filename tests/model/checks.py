# SPDX-License-Identifier: Apache-2.0
"""What is refused in an expression before any item is read, and the tree with its names and values put in.

Follows data-plane.md 4.3 (the numbered checks), 4.4, 4.5 and 4.10. A resolved operand is an At (a path in the item), a
Literal (a value of the request), a Call or an Arithmetic.
"""

import os
from typing import NamedTuple

from model import paths, values
from model.grammar import (And, Arithmetic, Between, Call, Clause, Compare, ExpressionFault, In, Not, Or, Parenthesised,
                           Path, Ref, Test, bare)

CONDITION_FUNCTIONS = {"attribute_exists": 1, "attribute_not_exists": 1, "attribute_type": 2, "begins_with": 2,
                       "contains": 2, "size": 1}
UPDATE_FUNCTIONS = {"if_not_exists": 2, "list_append": 2}
TYPE_WORDS = {"S": "STRING", "N": "NUMBER", "B": "BINARY", "NULL": "NULL", "BOOL": "BOOLEAN", "L": "LIST", "M": "MAP"}
ADDABLE = {"ADD": ("N", "SS", "NS", "BS"), "DELETE": ("SS", "NS", "BS")}
IN_MAX, OPERATORS_MAX, INDEX_MAX = 100, 300, 2 ** 31 - 1

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "reserved-words.txt"), encoding="ascii") as words:
    RESERVED = frozenset(words.read().split())


class At(NamedTuple):
    path: tuple


class Literal(NamedTuple):
    value: tuple


class Scope:
    """The names and values of one request, and which of them were used."""

    def __init__(self, names, literals):
        self.names, self.values = names, literals
        self.used = set()
        self.late = False  # the text by itself is good, what is refused now is about placeholders and operands

    def path(self, node):
        elements = []
        for kind, text in node.elements:
            if kind == "alias":
                self.used.add(text)
                if text not in self.names:
                    raise ExpressionFault("An expression attribute name used in the document path is not defined; "
                                          f"attribute name: {text}")
                text = self.names[text]
            elements.append(text)
        return tuple(elements)

    def resolve(self, node):
        if isinstance(node, Path):
            return At(self.path(node))
        if isinstance(node, Ref):
            self.used.add(node.name)
            if node.name not in self.values:
                raise ExpressionFault("An expression attribute value used in expression is not defined; "
                                      f"attribute value: {node.name}")
            return Literal(self.values[node.name])
        if isinstance(node, Arithmetic):
            return Arithmetic(node.operator, self.resolve(node.left), self.resolve(node.right))
        return Call(node.function, [self.resolve(operand) for operand in node.operands])


# Walking a tree


def children(node):
    if isinstance(node, (And, Or)):
        return node.parts
    if isinstance(node, Not):
        return [node.part]
    if isinstance(node, Parenthesised):
        return [node.inner]
    if isinstance(node, Test):
        return [node.call]
    if isinstance(node, (Compare, Arithmetic)):
        return [node.left, node.right]
    if isinstance(node, Between):
        return [node.operand, node.lower, node.upper]
    if isinstance(node, In):
        return [node.operand, *node.members]
    if isinstance(node, Call):
        return node.operands
    if isinstance(node, Clause):
        return [node.path] + ([node.value] if node.value is not None else [])
    return []


def walk(node):
    yield node
    for inner in children(node):
        yield from walk(inner)


def paths_in(node):
    """All paths of a resolved condition, in written order."""
    return [node.path] if isinstance(node, At) else [path for inner in children(node) for path in paths_in(inner)]


def check_words(nodes):
    """Reserved words, path lengths and indexes of all paths."""
    for node in nodes:
        if not isinstance(node, Path):
            continue
        for kind, text in node.elements:
            if kind == "name" and text.upper() in RESERVED:
                raise ExpressionFault(f"Attribute name is a reserved keyword; reserved keyword: {text}")
            if kind == "index" and text > INDEX_MAX:
                raise ExpressionFault(f"List index is not within the allowable range; index: [{text}]")
        if len(node.elements) > paths.ELEMENTS_MAX:
            raise ExpressionFault("The document path has too many nesting levels; "
                                  f"nesting levels: {len(node.elements)}")


def misused(function):
    return ExpressionFault("The function is not allowed to be used this way in an expression; "
                           f"function: {function}")


def operand_type(operator, kind):
    return ExpressionFault("Incorrect operand type for operator or function; "
                           f"operator or function: {operator}, operand type: {kind}")


def check_count(call, functions):
    if len(call.operands) != functions[call.function]:
        raise ExpressionFault("Incorrect number of operands for operator or function; operator or function: "
                              f"{call.function}, number of operands: {len(call.operands)}")


def static_type(node):
    """The type of an operand as far as the request alone tells it."""
    if isinstance(node, Literal):
        return node.value[0]
    return "N" if isinstance(node, Call) and node.function == "size" else None


# Conditions


def check_condition(tree, scope, parser):
    """The resolved condition, or the first fault in the order of 4.3."""
    nodes = list(walk(tree))
    if parser.redundant:
        raise ExpressionFault("The expression has redundant parentheses;")
    check_condition_functions(nodes)
    check_words(nodes)
    scope.late = True
    resolved = resolve_condition(tree, scope)
    count = sum(isinstance(node, (Compare, Between, In, Not, Call)) for node in nodes)
    count += sum(len(node.parts) - 1 for node in nodes if isinstance(node, (And, Or)))
    if count > OPERATORS_MAX:
        raise ExpressionFault(f"The expression contains too many operators; operator count: {OPERATORS_MAX + 1}")
    return resolved


def check_condition_functions(nodes):
    calls = [node for node in nodes if isinstance(node, Call)]
    for call in calls:
        if call.function not in CONDITION_FUNCTIONS and call.function not in UPDATE_FUNCTIONS:
            raise ExpressionFault(f"Invalid function name; function: {call.function}")
    tests = [id(node.call) for node in nodes if isinstance(node, Test)]
    for call in calls:
        if call.function in UPDATE_FUNCTIONS or (call.function == "size") == (id(call) in tests):
            raise misused(call.function)


def resolve_condition(node, scope):
    node = bare(node)
    if isinstance(node, (And, Or)):
        return type(node)([resolve_condition(part, scope) for part in node.parts])
    if isinstance(node, Not):
        return Not(resolve_condition(node.part, scope))
    if isinstance(node, Test):
        node = Test(scope.resolve(node.call))
    elif isinstance(node, Compare):
        node = Compare(node.operator, scope.resolve(node.left), scope.resolve(node.right))
    elif isinstance(node, Between):
        node = Between(*(scope.resolve(operand) for operand in node))
    else:
        node = In(scope.resolve(node.operand), [scope.resolve(member) for member in node.members])
    check_single(node)
    return node


def check_single(node):
    """One condition whose names and values are known."""
    for call in walk(node):
        if isinstance(call, Call):
            check_count(call, CONDITION_FUNCTIONS)
    if isinstance(node, Test):
        check_test(node.call)
    elif isinstance(node, Compare):
        check_distinct(node.operator, node.left, [node.right])
        check_sizes(node)
        if node.operator not in ("=", "<>"):
            check_ordered(node.operator, [node.left, node.right])
    elif isinstance(node, Between):
        check_sizes(node)
        check_ordered("BETWEEN", [node.operand, node.lower, node.upper])
        check_bounds(node.lower, node.upper)
    else:
        check_distinct("IN", node.operand, node.members)
        check_sizes(node)
        if len(node.members) > IN_MAX:
            raise ExpressionFault("The IN operator is provided with too many operands; "
                                  f"number of operands: {len(node.members)}")


def check_distinct(operator, first, others):
    if isinstance(first, At) and first in others:
        raise ExpressionFault("The first operand must be distinct from the remaining operands for this operator or "
                              f"function; operator: {operator}, first operand: {paths.show(first.path)}")


def check_sizes(node):
    for call in walk(node):
        if (
            isinstance(call, Call)
            and call.function == "size"
            and static_type(call.operands[0]) in ("N", "BOOL", "NULL")
        ):
            raise operand_type("size", static_type(call.operands[0]))


def check_ordered(operator, operands):
    for operand in operands:
        if static_type(operand) not in (None, *values.ORDERED):
            raise operand_type(operator, static_type(operand))


def check_bounds(lower, upper):
    if not (isinstance(lower, Literal) and isinstance(upper, Literal)):
        return
    shown = (f"lower bound operand: AttributeValue: {echo(lower.value)}, "
             f"upper bound operand: AttributeValue: {echo(upper.value)}")
    if lower.value[0] != upper.value[0]:
        raise ExpressionFault(f"The BETWEEN operator requires same data type for lower and upper bounds; {shown}")
    if values.less(upper.value, lower.value):
        raise ExpressionFault("The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                              f"{shown}")


def echo(value):
    (kind, inner), = values.show(value).items()
    return f"{{{kind}:{inner}}}"


def check_test(call):
    function, operands = call
    if function in ("attribute_exists", "attribute_not_exists"):
        if not isinstance(operands[0], At):
            raise needs_path(function)
        return
    if function in ("contains", "begins_with"):
        check_distinct(function, operands[0], operands[1:])
    check_sizes(call)
    if function == "attribute_type":
        check_type_name(operands[1])
    if function == "begins_with":
        for operand in operands:
            if static_type(operand) not in (None, "S", "B"):
                raise operand_type("begins_with", static_type(operand))


def needs_path(function):
    return ExpressionFault(f"Operator or function requires a document path; operator or function: {function}")


def check_type_name(operand):
    if not isinstance(operand, Literal):
        raise operand_type("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}")
    kind, text = operand.value
    if kind != "S":
        raise operand_type("attribute_type", kind)
    if text not in values.TYPES:
        raise ExpressionFault(f"Invalid attribute type name found; type: {text}, "
                              "valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}")


# Projections and updates


def check_clashes(found):
    """No two paths may overlap or, looked at after that, conflict; the first pair in written order is named."""
    pairs = [(earlier, later) for at, later in enumerate(found) for earlier in found[:at]]
    for kind in ("overlap", "conflict"):
        for earlier, later in pairs:
            if paths.clash(earlier, later) == kind:
                raise ExpressionFault(f"Two document paths {kind} with each other; must remove or rewrite one of these "
                                      f"paths; path one: {paths.show(earlier)}, path two: {paths.show(later)}")


def check_projection(tree, scope):
    check_words(tree)
    found = [scope.path(path) for path in tree]
    check_clashes(found)
    return found


def check_update(clauses, scope, parser, layer):
    """The resolved clauses, each with its path as a tuple."""
    nodes = [node for clause in clauses for node in walk(clause)]
    check_words(nodes)
    for node in nodes:
        if isinstance(node, Call) and node.function not in {**UPDATE_FUNCTIONS, **CONDITION_FUNCTIONS}:
            raise ExpressionFault(f"Invalid function name; function: {node.function}")
    for clause in clauses:
        check_update_functions(clause.value)
    if parser.repeated:
        raise ExpressionFault(f'The "{parser.repeated}" section can only be used once in an update expression;')
    scope.late = True
    for node in nodes:  # all names, then all values
        if isinstance(node, Path):
            scope.path(node)
    resolved = [Clause(clause.section, scope.path(clause.path),
                       None if clause.value is None else scope.resolve(clause.value)) for clause in clauses]
    check_clashes([clause.path for clause in resolved])
    for clause in resolved:
        if clause.section in ADDABLE:
            check_addable(clause, layer)
    for clause in resolved:
        check_set_value(clause.value)
    return resolved


def check_update_functions(value, inside=None):
    if isinstance(value, Arithmetic):
        check_update_functions(value.left)
        check_update_functions(value.right)
    if isinstance(value, Call):
        if value.function not in UPDATE_FUNCTIONS or value.function == "list_append" and inside:
            raise misused(value.function)
        for operand in value.operands:
            check_update_functions(operand, value.function)


def check_addable(clause, layer):
    kind = clause.value.value[0]
    if kind in ADDABLE[clause.section]:
        return
    word = "BOOL" if layer.current and kind == "BOOL" else TYPE_WORDS.get(kind, kind)
    raise ExpressionFault(f"Incorrect operand type for operator or function; operator: {clause.section}, operand type: "
                          f"{word}{', typeSet: ALLOWED_FOR_ADD_OPERAND' if layer.current else ''}")


def check_set_value(value):
    """Numbers of operands, and the types of those that the request spells out."""
    if isinstance(value, Arithmetic):
        for operand in (value.left, value.right):
            check_set_value(operand)
            if static_type(operand) not in (None, "N"):
                raise operand_type(value.operator, static_type(operand))
    if isinstance(value, Call):
        check_count(value, UPDATE_FUNCTIONS)
        for operand in value.operands:
            check_set_value(operand)
        if value.function == "if_not_exists" and not isinstance(value.operands[0], At):
            raise needs_path("if_not_exists")
        for operand in value.operands if value.function == "list_append" else ():
            if static_type(operand) not in (None, "L"):
                raise operand_type("list_append", static_type(operand))
