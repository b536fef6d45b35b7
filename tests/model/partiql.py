# SPDX-License-Identifier: Apache-2.0
"""ExecuteStatement (data-plane.md 7.4 to 7.7 and 7.10, verified-behaviour.md 6 and 17).

A statement is carried out as the operation it stands for: a SELECT as a Query or Scan, the others as a conditional
write.
"""

import itertools
from decimal import Decimal

from model import capacity, checks, conditions, paths, statements, values, writes
from model.checks import At, Literal, paths_in, walk
from model.faults import STATEMENT, Fault, invalid, parameter
from model.grammar import And, Between, Compare, ExpressionFault, Or, Test
from model.keyconditions import check_operand
from model.reads import View, factor_of, item_bill, take

TWO_VALUES = "Multiple conditions on same key "
STEPS = {"S": ("", "\0"), "B": (b"", b"\0"), "N": (0, Decimal("1e-5"), Decimal("-1e-5"))}
NO_FULL_KEY = "Where clause does not contain a mandatory equality on all key attributes"
WANTED = {None: None, "ALL OLD": "ALL_OLD", "ALL NEW": "ALL_NEW", "MODIFIED OLD": "UPDATED_OLD",
          "MODIFIED NEW": "UPDATED_NEW"}


def read(member):
    """The statement of one member of a request, parsed, with its parameters in place."""
    parameters = [values.read(wire, STATEMENT) for wire in member.get("Parameters") or []]
    statement = statements.parse(member["Statement"], parameters)
    if isinstance(statement, statements.Update):
        check_clauses(statement.clauses)
    if isinstance(statement, statements.Delete) and statement.returning not in (None, "ALL OLD"):
        raise invalid(f"Invalid returning clause: RETURNING {statement.returning} *. "
                      "Only RETURNING ALL OLD * is allowed in DELETE statements.")
    return statement


def check_clauses(clauses):
    """No two assigned paths may be in each other's way."""
    try:
        checks.check_clashes([clause.path for clause in clauses])
    except ExpressionFault as fault:
        raise invalid(str(fault)) from fault


def execute_statement(database, request):
    statement = read(request)
    table = database.table(statement.table)
    if isinstance(statement, statements.Select):
        return select(table, statement, request)
    action = action_of(table, statement, request)
    action.check_schema(table)
    old, new, bill = carry_out(table, action)
    shown = returned(action, statement, old, new)
    return capacity.with_capacity({"Items": [values.show_item(shown)] if shown else []}, request, bill)


# SELECT


def conjuncts(node):
    if node is None:
        return []
    return [part for inner in node.parts for part in conjuncts(inner)] if isinstance(node, And) else [node]


def branches(node, keys):
    """The alternatives that the condition falls into where it narrows the key, each a list of conditions."""
    if isinstance(node, Or) and any(is_range(leaf, name) for leaf in walk(node) for name in keys):
        return [branch for part in node.parts for branch in branches(part, keys)]
    if isinstance(node, And):
        products = itertools.product(*(branches(part, keys) for part in node.parts))
        return [[leaf for branch in product for leaf in branch] for product in products]
    return [[node]]


def check_overlap(view, where):
    """No two alternatives of one partition may both ask for a range of sort keys and meet there."""
    name = view.ranges[0]
    asked = [[leaf for leaf in branch if is_range(leaf, name)] for branch in branches(where, view.keys)]
    for one, other in itertools.combinations(asked, 2):
        if one and other and any(all(conditions.holds(leaf, {name: value}) for leaf in one + other)
                                 for value in neighbours(one + other)):
            raise invalid("Overlapping conditions with range keys are not supported in where clause")


def neighbours(leaves):
    """Values at, just before and just after those that the conditions name: where these meet, they meet at one of them."""
    found = []
    for leaf in leaves:
        for operand in leaf.call.operands if isinstance(leaf, Test) else leaf:
            if isinstance(operand, Literal):
                kind, content = operand.value
                found += [(kind, content + step) for step in STEPS[kind]]
    return found + [("S", " "), ("B", b"\0")]


def equality(node, name):
    """The value that the condition says the attribute has, or None."""
    if not isinstance(node, Compare) or node.operator != "=":
        return None
    for one, other in ((node.left, node.right), (node.right, node.left)):
        if one == At((name,)) and isinstance(other, Literal):
            return other.value
    return None


def is_range(node, name):
    """A condition on the sort key that narrows the range that is read."""
    if isinstance(node, Compare):
        return node.operator != "<>" and At((name,)) in (node.left, node.right) and \
            (isinstance(node.left, Literal) or isinstance(node.right, Literal))
    if isinstance(node, Between):
        return node.operand == At((name,)) and isinstance(node.lower, Literal) and isinstance(node.upper, Literal)
    return isinstance(node, Test) and node.call.function == "begins_with" and node.call.operands[0] == At((name,))


def select(table, statement, request):
    view = view_of(table, statement, request)
    clauses = conjuncts(statement.where)
    pinned = [equality(clause, view.hashes[0]) for clause in clauses if equality(clause, view.hashes[0]) is not None]
    keyed = bool(pinned)
    if statement.order:
        check_order(view, statement, keyed)
    narrowing = [clause for clause in clauses if equality(clause, view.hashes[0]) is not None or
                 view.ranges and is_range(clause, view.ranges[0])] if keyed else []
    if keyed:
        if says_twice(view, narrowing):
            return {"Unspecified": True}
        check_keys(view, narrowing + [leaf for branch in branches(statement.where, view.keys) for leaf in branch
                                      if view.ranges and is_range(leaf, view.ranges[0])])
    check_projected(view, statement, keyed, [clause for clause in clauses if clause not in narrowing])
    if keyed and view.ranges:
        check_overlap(view, statement.where)
    entries = [entry for entry in view.entries() if all(conditions.holds(clause, entry) for clause in narrowing)]
    entries.sort(key=view.order, reverse=goes_back(view, statement))
    return select_page(view, statement, request, entries, keyed)


def says_twice(view, narrowing):
    """Several conditions on one key attribute: what comes of them is not on record."""
    named = [path[0] for clause in narrowing for path in paths_in(clause)]
    return any(named.count(name) > 1 for name in view.keys)


def view_of(table, statement, request):
    try:
        view = View(table, statement.index)
    except Fault as fault:
        raise invalid("The table does not have the specified index") from fault
    if view.is_global and request.get("ConsistentRead"):
        raise invalid("Strongly consistent read is not supported on Global Secondary Indexes")
    if len(view.hashes) > 1 or len(view.ranges) > 1:
        raise invalid(
            "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE "
            "keys."
        )
    return view


def check_order(view, statement, keyed):
    if statement.where is None:
        raise invalid("Must have WHERE clause in the statement when using ORDER BY clause.")
    if not keyed:
        raise invalid(
            "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause."
        )
    for name, _ in statement.order:
        if name not in view.keys:
            raise invalid(f"Attribute {name} in ORDER BY clause must be part of the primary key")


def goes_back(view, statement):
    """Descending sort keys: asked for, or not named in an ORDER BY."""
    order = dict(statement.order)
    return bool(order) and (not view.ranges or order.get(view.ranges[0], True))


def check_keys(view, clauses):
    """What the conditions that narrow the read compare the key attributes with: the types first, then the values."""
    compared = []
    for name in view.keys:
        for clause in clauses:
            operands = list(clause.call.operands) if isinstance(clause, Test) else list(clause)
            if At((name,)) in operands:
                compared += [(name, operand.value) for operand in operands if isinstance(operand, Literal)]
    for name, value in compared:
        if value[0] not in values.ORDERED:
            raise invalid(None)
        if value[0] != view.table.types[name]:
            raise invalid(f"Key attribute's data type should match its data type in table's schema: Key {name}")
    for name, value in compared:
        check_operand(name, value, name in view.hashes)


def check_projected(view, statement, keyed, filters):
    lacking = view.lacking(statement.columns or [])
    if lacking and view.is_global:
        raise parameter(f"Global secondary index {view.index.name} does not project [{', '.join(lacking)}]")
    lacking = view.lacking([path for clause in filters for path in paths_in(clause)])
    if keyed and lacking:
        raise parameter(f"Secondary index {view.index.name} does not project one or more filter attributes: "
                        f"[{', '.join(lacking)}]")


def select_page(view, statement, request, entries, keyed):
    page, read_bytes, _ = take(entries, request.get("Limit"))
    bill, factor = capacity.Bill(view.table), factor_of(request)
    units = capacity.read_units(read_bytes, factor)
    if view.index:
        bill.charge(view.index, units)
    else:
        bill.units += units
    kept = [entry for entry in page if statement.where is None or conditions.holds(statement.where, entry)]
    if view.index and not view.is_global and view.lacking(statement.columns or []):
        for entry in page:
            bill.add(item_bill(view.table, view.table.get(entry), factor))
        kept = [view.table.get(entry) for entry in kept]
    reply = {"Items": [values.show_item(columns_of(item, statement.columns)) for item in kept]}
    if not keyed:
        reply["Unordered"] = True
    return capacity.with_capacity(reply, request, bill)


def columns_of(item, columns):
    """The columns by their last names. Of two with one name the last counts: the server's choice, none is on record."""
    if columns is None:
        return item
    found = {column_name(path): paths.find(item, path) for path in columns}
    return {name: value for name, value in found.items() if value is not None}


def column_name(path):
    """`a.b` is member b, `a[1]` member a[1]."""
    last = max(at for at, element in enumerate(path) if isinstance(element, str))
    return path[last] + "".join(f"[{index}]" for index in path[last + 1:])


# Writes


class Insertion(writes.Put):
    def check_condition(self, old):
        if old is not None:
            raise Fault("DuplicateItemException", "Duplicate primary key exists in table")


def action_of(table, statement, member):
    """The write that the statement stands for."""
    if isinstance(statement, statements.Insert):
        action = Insertion(statement.item, STATEMENT)
        action.check_size()
        return action
    key, rest = key_of(table, statement.where)
    if isinstance(statement, statements.Update):
        action = writes.Update(key, statement.clauses, None, charged=False)
        action.condition = lambda item: bool(item) and all(conditions.holds(part, item) for part in rest)
    else:
        action = writes.Delete(key)
        action.condition = lambda item: not item or all(conditions.holds(part, item) for part in rest)
    action.returns_old_on_failure = member.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
    return action


def key_of(table, where):
    """The key that the WHERE names, and the conditions beside it."""
    key, rest = {}, []
    for part in conjuncts(where):
        named = [name for name in table.key_names if equality(part, name) is not None]
        if not named:
            rest.append(part)
            continue
        value = equality(part, named[0])
        if key.setdefault(named[0], value) != value:
            raise invalid(f"{TWO_VALUES}{named[0]}. Only single item Update/Insert/Delete are supported")
    if len(key) < len(table.key_names):
        raise invalid(NO_FULL_KEY)
    return key, rest


def carry_out(table, action, factor=1):
    old = table.get(action.key)
    action.check_condition(old)
    new = action.result(old, table)
    return old, new, table.change(old, new, factor)


def returned(action, statement, old, new):
    """What RETURNING gives back; None or {}: nothing."""
    wanted = WANTED[getattr(statement, "returning", None)]
    if isinstance(action, writes.Update):
        return action.attributes(wanted, old, new)
    return old if wanted == "ALL_OLD" else None
