# SPDX-License-Identifier: Apache-2.0
"""PutItem, UpdateItem, DeleteItem and BatchWriteItem (data-plane.md 3.2, 3.4, 3.5 and 3.9).

Each operation is read from its request into a Put, Delete or Update, which checks itself against the table and then
says what the item becomes. Transactions and statements use the same three.
"""

from model import capacity, checks, conditions, legacy, paths, requests, sizes, updates, values
from model.checks import Literal
from model.faults import OLDER, WRITE, condition_failed, invalid, parameter

BATCH_MAX = 25
TOO_LARGE = "Item size has exceeded the maximum allowed size"
TOO_LARGE_UPDATE = "Item size to update has exceeded the maximum allowed size"


class Action:
    """A write of one item. `condition` is a function of the old item, or None."""

    condition = None
    condition_paths = ()
    returns_old_on_failure = False

    def check_condition(self, old):
        if self.condition and not self.condition(old or {}):
            raise condition_failed(values.show_item(old) if old is not None and self.returns_old_on_failure else None)


class Put(Action):
    def __init__(self, item, layer):
        self.item, self.layer = item, layer
        self.key = item

    def check_size(self):
        if sizes.item_size(self.item) > sizes.ITEM_MAX:
            raise invalid(TOO_LARGE)

    def check_schema(self, table):
        table.check_item_key(self.item)
        table.check_index_keys(self.item)
        check_paths_below_keys(table, self.condition_paths)

    def result(self, old, table):
        return self.item


class Delete(Action):
    def __init__(self, key):
        self.key = key

    def check_schema(self, table):
        table.check_key(self.key)
        check_paths_below_keys(table, self.condition_paths)

    def result(self, old, table):
        return None


class Check(Delete):
    """A ConditionCheck: nothing changes."""

    def result(self, old, table):
        return old


class Update(Action):
    """`clauses` come from an UpdateExpression, `older` from AttributeUpdates; both None: the key alone.

    `charged` is that of UpdateItem, where what a statement writes is limited too.
    """

    def __init__(self, key, clauses, older, charged):
        self.key, self.clauses, self.older, self.charged = key, clauses, older, charged

    @property
    def paths(self):
        return [clause.path for clause in self.clauses or self.older or []]

    @property
    def operand_paths(self):
        values = [clause.value for clause in self.clauses or [] if clause.value is not None]
        return [path for value in values for path in checks.paths_in(value)]

    def check_schema(self, table):
        table.check_key(self.key)
        for path in self.paths:
            if path[0] in table.key_names:
                raise parameter(f"Cannot update attribute {path[0]}. This attribute is part of the key")
        self.check_literals(table)
        check_paths_below_keys(table, self.paths + self.operand_paths)
        check_paths_below_keys(table, self.condition_paths)

    def check_literals(self, table):
        """Index keys whose new value the request itself tells."""
        for path, value in self.literals():
            for name, index in table.index_keys():
                if path == (name,):
                    table.check_index_type(name, index, value)
                    table.check_updated_not_empty(value)

    def literals(self):
        if self.older is not None:
            return [(update.path, update.value) for update in self.older
                    if update.value is not None and update.action != "DELETE"]
        return [(clause.path, clause.value.value) for clause in self.clauses or []
                if clause.section in ("SET", "ADD") and isinstance(clause.value, Literal)]

    def result(self, old, table):
        if self.charged and self.clauses and updates.charge(self.clauses) > sizes.ITEM_MAX:
            raise invalid(TOO_LARGE_UPDATE)
        changes = self.clauses if self.older is None else self.older
        if self.older is not None:
            new = updates.apply_legacy(self.older, old, self.key)
        else:
            new = updates.apply(self.clauses or [], old, self.key)
        if old is None and updates.only_removes(changes):
            return None
        table.check_updated_index_keys(old, new)
        if sizes.item_size(new) > sizes.ITEM_MAX:
            raise invalid(TOO_LARGE_UPDATE)
        if any(values.depth(value) > values.NEST_MAX for value in new.values()):
            raise invalid(values.TOO_DEEP if self.charged else values.TOO_DEEP_SHORT)
        return new

    def attributes(self, wanted, old, new):
        """What ReturnValues gives back; None: nothing."""
        item = old if wanted in ("ALL_OLD", "UPDATED_OLD") else new
        if wanted in (None, "NONE") or item is None:
            return None
        return item if wanted.startswith("ALL") else paths.project(item, self.paths) or None


def not_scalar(word, name):
    return invalid("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                   f"{word}: {name}")


def check_paths_below_keys(table, found):
    """No path may go below a key attribute of the table or of its indexes. Of several that do, any may be told."""
    index_keys = {name for index in table.indexes for name in index.key_names}
    if len({path[0] for path in found if len(path) > 1 and path[0] in index_keys.union(table.key_names)}) > 1:
        raise invalid(None)
    for path in found:
        if len(path) > 1 and path[0] in table.key_names:
            raise not_scalar("Key", path[0])
        if len(path) > 1 and path[0] in index_keys:
            raise not_scalar("IndexKey", path[0])


# One item


def with_condition(action, request, comparisons, tree):
    action.returns_old_on_failure = request.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
    if tree is not None:
        action.condition_paths = checks.paths_in(tree)
        action.condition = lambda item: conditions.holds(tree, item)
    elif comparisons:
        action.condition = legacy.combined(comparisons, request.get("ConditionalOperator"))
    return action


def read_conditions(action, request, layer):
    """The rest of a request once its item or key is read: Expected or an expression."""
    comparisons = legacy.read_expected(request, layer)
    legacy.check_operator_count(request, comparisons, layer)
    expressions = requests.Expressions(request, layer)
    tree = expressions.condition()
    expressions.check_all_used()
    return with_condition(action, request, comparisons, tree)


def check_return_values(request):
    if request.get("ReturnValues") not in (None, "NONE", "ALL_OLD"):
        raise WRITE.fault("ReturnValues can only be ALL_OLD or NONE")


def put_item(database, request):
    requests.check_mixing("PutItem", request, WRITE)
    action = Put(values.read_item(request["Item"], WRITE), WRITE)
    check_return_values(request)
    action.check_size()
    return perform(database, read_conditions(action, request, WRITE), request)


def delete_item(database, request):
    requests.check_mixing("DeleteItem", request, WRITE)
    action = Delete(values.read_item(request["Key"], WRITE))
    check_return_values(request)
    return perform(database, read_conditions(action, request, WRITE), request)


def update_item(database, request):
    requests.check_mixing("UpdateItem", request, WRITE)
    key = values.read_item(request["Key"], WRITE)
    older = legacy.read_updates(request, WRITE) if request.get("AttributeUpdates") is not None else None
    comparisons = legacy.read_expected(request, WRITE)
    legacy.check_operator_count(request, comparisons, WRITE)
    expressions = requests.Expressions(request, WRITE)
    clauses = expressions.update()
    tree = expressions.condition()
    expressions.check_all_used()
    action = Update(key, clauses, older, charged=True)
    return perform(database, with_condition(action, request, comparisons, tree), request)


def perform(database, action, request):
    """The action against its table, and the reply."""
    table = database.table(request["TableName"])
    action.check_schema(table)
    old = table.get(action.key)
    action.check_condition(old)
    new = action.result(old, table)
    bill = table.change(old, new)
    reply = {}
    wanted = request.get("ReturnValues")
    given = action.attributes(wanted, old, new) if isinstance(action, Update) else old if wanted == "ALL_OLD" else None
    if given is not None:
        reply["Attributes"] = values.show_item(given)
    if capacity.wants_metrics(table, request):
        reply["ItemCollectionMetrics"] = capacity.collection_metrics(table, action.key)
    return capacity.with_capacity(reply, request, bill)


# Many items


def batch_write_item(database, request):
    if max(len(listed) for listed in request["RequestItems"].values()) > BATCH_MAX:
        raise invalid(None)  # the whole request is echoed
    actions = []
    for name, listed in request["RequestItems"].items():
        for one in listed:
            actions.append((name, read_write_request(one)))
            if len(actions) > BATCH_MAX:
                raise invalid("Too many items requested for the BatchWriteItem call")
    for name, _ in actions:
        database.table(name)
    seen = set()
    for name, action in actions:
        table = database.table(name)
        check_batched(table, action)
        identity = name, table.identity(action.key)
        if identity in seen:
            raise invalid("Provided list of item keys contains duplicates")
        seen.add(identity)
    return perform_batch(database, actions, request)


def read_write_request(one):
    put, delete = one.get("PutRequest"), one.get("DeleteRequest")
    if (put is None) == (delete is None):
        raise invalid("Supplied AttributeValue has more than one datatypes set, "
                      "must contain exactly one of the supported datatypes")
    if delete is not None:
        return Delete(values.read_item(delete["Key"], OLDER))
    action = Put(values.read_item(put["Item"], OLDER), OLDER)
    action.check_size()
    return action


def check_batched(table, action):
    """A put's key faults are told as if the key stood alone."""
    if isinstance(action, Put):
        table.check_key({name: action.item[name] for name in table.key_names if name in action.item})
        table.check_index_keys(action.item)
    else:
        table.check_key(action.key)


def perform_batch(database, actions, request):
    bills, metrics = {}, {}
    for name, action in actions:
        table = database.table(name)
        old = table.get(action.key)
        bill = table.change(old, action.result(old, table))
        bills.setdefault(name, capacity.Bill(table)).add(bill)
        if capacity.wants_metrics(table, request):
            add_metrics(metrics, table, action.key)
    reply = {"UnprocessedItems": {}}
    if metrics:
        reply["ItemCollectionMetrics"] = metrics
    return capacity.with_capacities(reply, request, bills.values())


def add_metrics(metrics, table, key):
    """One entry for each collection that was written."""
    entry = capacity.collection_metrics(table, key)
    if entry not in metrics.setdefault(table.name, []):
        metrics[table.name].append(entry)
