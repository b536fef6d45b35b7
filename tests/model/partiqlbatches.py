# SPDX-License-Identifier: Apache-2.0
"""BatchExecuteStatement and ExecuteTransaction (data-plane.md 7.8 and 7.9, verified-behaviour.md 6.10 and 17).

The members are the statements of partiql.py; a batch tells the fault of each in its place, a transaction cancels.
"""

from model import capacity, statements, transactions, values
from model.faults import Fault, invalid
from model.partiql import (NO_FULL_KEY, TWO_VALUES, Insertion, action_of, carry_out, columns_of, key_of, read, returned)
from model.reads import factor_of, item_bill
from model.sizes import item_size
from model.tables import NOT_THE_SCHEMA


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
