# SPDX-License-Identifier: Apache-2.0
"""TransactWriteItems and TransactGetItems (data-plane.md 3.10 and 3.11, verified-behaviour.md 3 and 14)."""

from model import capacity, requests, sizes, values, writes
from model.faults import TRANSACTION, Fault, invalid
from model.reads import check_paths_below_keys, cut, item_bill
from model.writes import Check, Delete, Put, Update

KINDS = ("Put", "Update", "Delete", "ConditionCheck")
NO_REASON = {"Code": "None"}
FACTOR = 2
CODES = {"ConditionalCheckFailedException": "ConditionalCheckFailed", "DuplicateItemException": "DuplicateItem",
         "ResourceNotFoundException": "ResourceNotFound", "ValidationException": "ValidationError"}


def cancelled(reasons):
    codes = ", ".join(reason["Code"] for reason in reasons)
    return Fault(
        "TransactionCanceledException",
        "Transaction cancelled, please refer cancellation reasons for specific reasons " f"[{codes}]",
        CancellationReasons=reasons,
    )


def reason(code, text, item=None):
    return {"Code": code, "Message": text, **({"Item": item} if item is not None else {})}


def check_reasons(reasons):
    if any(one is not NO_REASON for one in reasons):
        raise cancelled(reasons)


def only(at, count, code, text):
    return cancelled([reason(code, text) if i == at else NO_REASON for i in range(count)])


# Writing


class Remembered:
    """What is kept of a transaction with a token: its actions as sent, and what reading its items cost."""

    def __init__(self, actions, bills):
        self.actions, self.bills = actions, bills


def transact_write_items(database, request):
    actions = [read_action(one) for one in request["TransactItems"]]
    for action in actions:
        database.table(action.table_name)
    check_targets(database, actions)
    check_schemas(database, actions)
    return once(database, request, "TransactItems", actions)


def once(database, request, member, actions):
    """Commits the actions, or repeats the answer if the request's token was seen with them."""
    remembered = database.tokens.get((member, request.get("ClientRequestToken")))
    if remembered is None:
        return commit(database, request, member, actions)
    if remembered.actions != request[member]:
        raise Fault("IdempotentParameterMismatchException", None)
    return capacity.with_capacities(metrics_of(database, request, actions), request, remembered.bills.values(), "Read")


def read_action(one):
    """One entry: a writes.Action with the name of its table."""
    kinds = [kind for kind in KINDS if one.get(kind) is not None]
    if len(kinds) > 1:
        raise invalid("TransactItems can only contain one of Check, Put, Update or Delete")
    if not kinds:
        raise invalid("Invalid Request: TransactWriteRequest should contain Delete or Put or Update request")
    kind, entry = kinds[0], one[kinds[0]]
    action = read_entry(kind, entry)
    action.table_name = entry["TableName"]
    return action


def read_entry(kind, entry):
    expressions = requests.Expressions(entry, TRANSACTION)
    try:
        clauses = expressions.update() if kind == "Update" else None
        tree = expressions.condition()
    except Fault:
        if expressions.scope.late:  # the values of item and key come before placeholders and operands
            read_target(kind, entry, None)
        raise
    action = read_target(kind, entry, clauses)
    expressions.check_all_used()
    return writes.with_condition(action, entry, [], tree)


def read_target(kind, entry, clauses):
    if kind == "Put":
        action = Put(values.read_item(entry["Item"], TRANSACTION), TRANSACTION)
        action.check_size()
        return action
    key = values.read_item(entry["Key"], TRANSACTION)
    if kind == "Update":
        return Update(key, clauses, None, charged=False)
    return (Delete if kind == "Delete" else Check)(key)


def check_targets(database, actions):
    """No item twice; no key value empty. A key that does not fit its table is told later, as a reason."""
    seen = set()
    for action in actions:
        table = database.table(action.table_name)
        if fits(table, action):
            identity = action.table_name, table.identity(action.key)
            if identity in seen:
                raise invalid("Transaction request cannot include multiple operations on one item")
            seen.add(identity)
    for action in actions:
        check_empty(database.table(action.table_name), action)


def fits(table, action):
    key = action.key
    return all(name in key and key[name][0] == table.types[name] for name in table.key_names)


def check_empty(table, action):
    table.check_not_empty(action.key)
    try:
        action.check_schema(table)
    except Fault as fault:
        if "cannot contain an empty" in (fault.text or ""):
            raise


def check_schemas(database, actions):
    """The first action that does not fit its table cancels, and no condition is looked at."""
    for at, action in enumerate(actions):
        try:
            action.check_schema(database.table(action.table_name))
        except Fault as fault:
            raise only(at, len(actions), "ValidationError", fault.text) from fault


def commit(database, request, member, actions):
    results = decide(database, actions)
    bills, reads = {}, {}
    for action, (old, new) in zip(actions, results):
        table = database.table(action.table_name)
        bills.setdefault(table.name, capacity.Bill(table)).add(table.change(old, new, FACTOR))
        size = sizes.item_size(new or {})  # what reading it then would find
        reads.setdefault(table.name, capacity.Bill(table)).add(capacity.Bill(table, capacity.read_units(size, FACTOR)))
    if request.get("ClientRequestToken") is not None:
        database.tokens[member, request["ClientRequestToken"]] = Remembered(request[member], reads)
    return capacity.with_capacities(metrics_of(database, request, actions), request, bills.values(), "Write")


def metrics_of(database, request, actions):
    metrics = {}
    for action in actions:
        table = database.table(action.table_name)
        if capacity.wants_metrics(table, request) and not isinstance(action, Check):
            writes.add_metrics(metrics, table, action.key)
    return {"ItemCollectionMetrics": metrics} if metrics else {}


def decide(database, actions):
    """(old, new) of each action on the state before any of them; the reasons of all that fail."""
    reasons, results = [], []
    for action in actions:
        table = database.table(action.table_name)
        old = table.get(action.key)
        try:
            action.check_condition(old)
            results.append((old, action.result(old, table)))
            reasons.append(NO_REASON)
        except Fault as fault:
            reasons.append(reason(CODES[fault.kind], fault.text, fault.members.get("Item")))
    check_reasons(reasons)
    return results


# Reading


def transact_get_items(database, request):
    gets = [read_get(one["Get"]) for one in request["TransactItems"]]
    for name, _, _ in gets:
        database.table(name)
    check_gets(database, gets)
    responses, bills = [], {}
    for name, key, projection in gets:
        table = database.table(name)
        item = table.get(key)
        shown = cut(item, projection) if item is not None else {}
        responses.append({"Item": values.show_item(shown)} if shown else {})
        bills.setdefault(name, capacity.Bill(table)).add(item_bill(table, item, FACTOR))
    return capacity.with_capacities({"Responses": responses}, request, bills.values(), "Read")


def read_get(entry):
    expressions = requests.Expressions(entry, TRANSACTION)
    projection = expressions.projection()
    key = values.read_item(entry["Key"], TRANSACTION)
    expressions.check_all_used()
    return entry["TableName"], key, projection


def check_gets(database, gets):
    seen = set()
    for name, key, _ in gets:
        table = database.table(name)
        if not fits(table, Delete(key)):
            continue
        if (name, table.identity(key)) in seen:
            raise invalid("Transaction request cannot include multiple operations on one item")
        seen.add((name, table.identity(key)))
    for name, key, _ in gets:
        database.table(name).check_not_empty(key)
    for at, (name, key, projection) in enumerate(gets):
        table = database.table(name)
        try:
            table.check_key(key)
            check_paths_below_keys(table, projection or [])
        except Fault as fault:
            raise only(at, len(gets), "ValidationError", fault.text) from fault
