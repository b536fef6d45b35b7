# SPDX-License-Identifier: Apache-2.0
"""ExecuteStatement, BatchExecuteStatement and ExecuteTransaction (data-plane.md 7.4 to 7.10, verified-behaviour.md 6
and 17).

A statement is carried out as the operation it stands for: a SELECT as a Query or Scan, the others as a conditional
write.
"""

import itertools
from decimal import Decimal

from model import capacity, checks, conditions, paths, statements, transactions, values, writes
from model.checks import At, Literal, paths_in
from model.faults import STATEMENT, Fault, invalid, parameter
from model.grammar import And, Between, Compare, ExpressionFault, Or, Test
from model.keyconditions import check_operand
from model.reads import View, factor_of, item_bill, take
from model.sizes import item_size
from model.tables import NOT_THE_SCHEMA

TWO_VALUES = "Multiple conditions on same key "
TINY = Decimal("1e-5")
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
    """The alternatives that the condition falls into where it says something of the key, each a list of conditions."""
    if isinstance(node, Or) and any(path[0] in keys for path in paths_in(node)):
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
    """Values at, just before and just after those that the conditions name: if the conditions meet, then at one of them."""
    found = []
    for leaf in leaves:
        for operand in leaf.call.operands if isinstance(leaf, Test) else leaf:
            if isinstance(operand, Literal):
                kind, content = operand.value
                found += [(kind, content + step) for step in {"S": ("", "\0"), "B": (b"", b"\0"), "N": (0, TINY, -TINY)}[kind]]
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
        check_keys(view, narrowing)
    check_projected(view, statement, keyed, [clause for clause in clauses if clause not in narrowing])
    if keyed and view.ranges:
        check_overlap(view, statement.where)
    entries = [entry for entry in view.entries() if all(conditions.holds(clause, entry) for clause in narrowing)]
    entries.sort(key=view.order, reverse=goes_back(view, statement))
    return select_page(view, statement, request, entries, keyed)


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
    """What the conditions that narrow the read compare the key attributes with."""
    for name in view.keys:
        for clause in clauses:
            operands = list(clause.call.operands) if isinstance(clause, Test) else list(clause)
            for operand in operands if At((name,)) in operands else ():
                if isinstance(operand, Literal):
                    check_key_operand(view, name, operand.value)


def check_key_operand(view, name, value):
    if value[0] not in values.ORDERED:
        raise invalid(None)
    if value[0] != view.table.types[name]:
        raise invalid(f"Key attribute's data type should match its data type in table's schema: Key {name}")
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


# Batches


def batch_execute_statement(database, request):
    members = []
    for member in request["Statements"]:
        try:
            members.append((member, read(member)))
        except Fault as fault:
            members.append((member, fault))
    check_batch(database, members)
    bills, charged, responses = {}, set(), []
    for member, statement in members:
        responses.append(run_member(database, member, statement, bills))
        if "Error" not in responses[-1]:
            charged.add(statement.table)
    return capacity.with_capacities(
        {"Responses": responses}, request, [bills[name] for name in bills if name in charged]
    )


def check_batch(database, members):
    """Reads or writes, and no item twice."""
    parsed = [statement for _, statement in members if not isinstance(statement, Fault)]
    if len({isinstance(statement, statements.Select) for statement in parsed}) > 1:
        raise invalid("Read and write requests together in the same batch is not supported.")
    seen = set()
    for statement in parsed:
        identity = identity_of(database, statement)
        if identity in seen:
            raise invalid("Provided list of item keys contains duplicates")
        if identity is not None:
            seen.add(identity)


def identity_of(database, statement):
    """Which item a statement is about, or None if it is about none or will be refused."""
    table = database.tables.get(statement.table)
    if table is None:
        return None
    try:
        key = statement.item if isinstance(statement, statements.Insert) else key_of(table, statement.where)[0]
        table.check_key(table.key_of(key))
        if not isinstance(statement, statements.Select):
            action_of(table, statement, {}).check_schema(table)
        return table.name, table.identity(key)
    except (Fault, KeyError):
        return None


def run_member(database, member, statement, bills):
    """One entry of Responses."""
    if isinstance(statement, Fault):
        return {"Error": {"Code": "ValidationError", "Message": statement.text}}
    place = {}
    try:
        if statement.table not in database.tables:
            place = {"TableName": statement.table}
        table = database.table(statement.table)
        if isinstance(statement, statements.Select):
            item, bill = single_read(table, statement, factor_of(member), "BatchExecuteStatement")
        else:
            action = action_of(table, statement, {})
            action.check_schema(table)
            place = {"TableName": statement.table}  # from here on a fault is one of running
            old, new, bill = carry_out(table, action)
            item = returned(action, statement, old, new) or None
    except Fault as fault:
        if place and fault.kind != "ResourceNotFoundException":
            bills.setdefault(table.name, capacity.Bill(table)).add(attempted(table, action))
        return {**place, "Error": {"Code": transactions.CODES[fault.kind], "Message": fault.text}}
    bills.setdefault(table.name, capacity.Bill(table)).add(bill)
    return {"TableName": statement.table, **({"Item": values.show_item(item)} if item is not None else {})}


def attempted(table, action):
    """What a write costs that was tried in vain: by the item that is there and the one that was to be."""
    size = max(item_size(table.get(action.key) or {}), item_size(action.item) if isinstance(action, Insertion) else 0)
    return capacity.Bill(table, capacity.write_units(size))


def single_read(table, statement, factor, operation):
    """The item of a SELECT that names exactly one, and what reading it costs."""
    try:
        key, rest = key_of(table, statement.where)
    except Fault as fault:
        raise not_one(operation) from fault
    if rest or statement.index is not None:
        raise not_one(operation)
    table.check_key(key)
    item = table.get(key)
    return columns_of(item, statement.columns) if item is not None else None, item_bill(table, item, factor)


def not_one(operation):
    return invalid(f"Select statements within {operation} must specify the primary key in the where clause.")


# Transactions


def execute_transaction(database, request):
    parsed = [read_in_transaction(at, member) for at, member in enumerate(request["TransactStatements"])]
    if len({isinstance(statement, statements.Select) for statement in parsed}) > 1:
        raise invalid("ExecuteTransaction API does not support both read and write operations in the same request.")
    check_tables(database, parsed)
    if isinstance(parsed[0], statements.Select):
        return read_transaction(database, request, parsed)
    return write_transaction(database, request, parsed)


def read_in_transaction(at, member):
    try:
        return read(member)
    except Fault as fault:
        raise invalid(None) from fault


def check_tables(database, parsed):
    if any(statement.table not in database.tables for statement in parsed):
        raise transactions.cancelled([
            transactions.NO_REASON if statement.table in database.tables else
            transactions.reason("ResourceNotFound", "Requested resource not found") for statement in parsed])


def read_transaction(database, request, parsed):
    responses, bills, reasons = [], {}, []
    for at, statement in enumerate(parsed):
        table = database.table(statement.table)
        try:
            item, bill = single_read(table, statement, transactions.FACTOR, "ExecuteTransaction")
        except Fault as fault:
            if "must specify the primary key" in (fault.text or ""):
                raise invalid(f"Validation failed in TransactStatements[{at}]: {fault.text}") from fault
            reasons.append(transactions.reason("ValidationError", fault.text))
            continue
        reasons.append(transactions.NO_REASON)
        responses.append({"Item": values.show_item(item)} if item else {})
        bills.setdefault(table.name, capacity.Bill(table)).add(bill)
    transactions.check_reasons(reasons)
    identities = [identity_of(database, statement) for statement in parsed]
    if len(set(identities)) < len(identities):
        raise invalid("Transaction request cannot include multiple operations on one item")
    return capacity.with_capacities({"Responses": responses}, request, bills.values(), "Read")


def write_transaction(database, request, parsed):
    actions, reasons = [], []
    for statement, member in zip(parsed, request["TransactStatements"]):
        table = database.table(statement.table)
        try:
            actions.append(action_of(table, statement, member))
            actions[-1].table_name = statement.table
            actions[-1].check_schema(table)
            reasons.append(transactions.NO_REASON)
        except Fault as fault:
            wrong_key = fault.text == NO_FULL_KEY or (fault.text or "").startswith(TWO_VALUES)
            reasons.append(transactions.reason("ValidationError", NOT_THE_SCHEMA if wrong_key else fault.text))
    transactions.check_reasons(reasons)
    transactions.check_targets(database, actions)
    return {"Responses": [], **transactions.once(database, request, "TransactStatements", actions)}
