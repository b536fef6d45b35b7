# SPDX-License-Identifier: Apache-2.0
"""GetItem, BatchGetItem, Query and Scan (data-plane.md 3.3, 3.6 to 3.8).

Pages: items are taken one after the other until Limit of them or a megabyte are read; filter and projection come after.
A Scan's order of partitions is the server's own affair: callers of `scan` compare whole scans.
"""

from model import capacity, checks, conditions, keyconditions, legacy, paths, requests, values
from model.faults import OLDER, READ, Fault, Layer, invalid, parameter
from model.grammar import CONDITION_WORDS
from model.number import OVERFLOW, TOO_PRECISE, UNDERFLOW
from model.sizes import item_size
from model.tables import check_key_size
from model.writes import check_paths_below_keys

PAGE_BYTES = 1_048_576
KEYS_MAX = 100
SELECT_LAYER = Layer(current=True, enveloped=True)


def projection_of(expressions, request):
    """Paths, or None for everything. AttributesToGet names whole attributes."""
    found = expressions.projection()
    if found is None and request.get("AttributesToGet") is not None:
        return [(name,) for name in request["AttributesToGet"]]
    return found


def cut(item, projection):
    return item if projection is None else paths.project(item, projection)


# By key


def get_item(database, request):
    requests.check_mixing("GetItem", request, READ)
    key = values.read_item(request["Key"], READ)
    legacy.check_names(request, READ)
    expressions = requests.Expressions(request, READ)
    projection = projection_of(expressions, request)
    expressions.check_all_used()
    table = database.table(request["TableName"])
    table.check_key(key)
    check_paths_below_keys(table, projection or [])
    item = table.get(key)
    reply = {} if item is None else {"Item": values.show_item(cut(item, projection))}
    return capacity.with_capacity(reply, request, item_bill(table, item, factor_of(request)))


def factor_of(request):
    return 1 if request.get("ConsistentRead") else 0.5


def item_bill(table, item, factor):
    return capacity.Bill(table, capacity.read_units(item_size(item or {}), factor))


def batch_get_item(database, request):
    wanted, count = [], 0
    requests.check_mixing(
        "BatchGetItem",
        {
            member: True
            for entry in request["RequestItems"].values()
            for member in entry
            if member in ("AttributesToGet", "ProjectionExpression")
        },
        READ,
    )
    for name, entry in request["RequestItems"].items():
        requests.check_mixing("BatchGetItem", entry, READ)
        legacy.check_names(entry, READ)
        expressions = requests.Expressions(entry, READ)
        projection = projection_of(expressions, entry)
        expressions.check_all_used()
        count += len(entry["Keys"])
        wanted.append((name, batch_keys(entry["Keys"]), projection, factor_of(entry)))
        if count > KEYS_MAX:
            raise invalid("Too many items requested for the BatchGetItem call")
    for name, *_ in wanted:
        database.table(name)
    return answer_batch(database, wanted, request)


def batch_keys(listed):
    """The keys of one table; one that is sent twice in the same words is refused."""
    keys = []
    for at, wire in enumerate(listed):
        keys.append(values.read_item(wire, READ))
        if wire in listed[:at]:
            raise invalid("Provided list of item keys contains duplicates")
    return keys


def answer_batch(database, wanted, request):
    responses, bills = {}, []
    for name, keys, projection, _ in wanted:
        table = database.table(name)
        for key in keys:
            table.check_key(key)
        check_paths_below_keys(table, projection or [])
    for name, keys, projection, factor in wanted:
        table = database.table(name)
        found = [table.get(key) for key in keys]
        responses[name] = [values.show_item(cut(item, projection)) for item in found if item is not None]
        bills.append(capacity.Bill(table))
        for item in found:
            bills[-1].add(item_bill(table, item, factor))
    return capacity.with_capacities({"Responses": responses, "UnprocessedKeys": {}}, request, bills)


# Many items


class View:
    """What is read: a table or one of its indexes."""

    def __init__(self, table, index_name):
        self.table = table
        self.index = table.index(index_name) if index_name is not None else None
        if self.index:
            self.hashes, self.ranges = self.index.hashes, self.index.ranges
        else:
            self.hashes, self.ranges = [table.hash], [table.range] if table.range else []
        self.keys = self.hashes + self.ranges
        self.position = list(dict.fromkeys(table.key_names + self.keys))

    @property
    def is_global(self):
        return self.index is not None and self.index.is_global

    def entries(self):
        return self.index.entries() if self.index else list(self.table.items.values())

    def order(self, entry):
        return self.index.order(entry) if self.index else [values.order(entry[name]) for name in self.ranges]

    def lacking(self, found):
        """The attributes at the head of these paths that the index does not show, each once."""
        return [name for name in dict.fromkeys(path[0] for path in found) if self.index and not self.index.shows(name)]


class Read:
    """What Query and Scan have in common: a filter, a projection, a Select."""

    def __init__(self, request, operation, comparisons, layer):
        self.request, self.operation, self.comparisons, self.layer = request, operation, comparisons, layer
        self.filter_paths, self.keep = [], None

    def read_expressions(self):
        """The expressions in the order KeyCondition, Filter, Projection; returns the terms of the first."""
        request = self.request
        expressions = requests.Expressions(request, self.layer)
        terms = (
            expressions.parse(
                "KeyConditionExpression",
                CONDITION_WORDS,
                lambda parser: keyconditions.check_expression(parser.whole_condition(), expressions.scope, parser),
            )
            if self.operation == "Query"
            else None
        )
        tree = expressions.condition("FilterExpression")
        self.projection = projection_of(expressions, request)
        expressions.check_all_used()
        if tree is not None:
            self.keep = lambda item: conditions.holds(tree, item)
            self.filter_paths = checks.paths_in(tree)
        elif self.comparisons:
            self.keep = legacy.combined(self.comparisons, request.get("ConditionalOperator"))
            self.filter_paths = [(comparison.name,) for comparison in self.comparisons]
        if self.operation == "Query" and terms is None:
            terms = keyconditions.read_legacy(request, self.layer)
        self.check_select()
        return terms

    def check_select(self):
        request, select = self.request, self.request.get("Select")
        layer = SELECT_LAYER if self.layer.current else OLDER
        with_ = next(
            (member for member in ("ProjectionExpression", "AttributesToGet") if request.get(member) is not None), None
        )
        if with_ and select in ("ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "COUNT"):
            raise layer.fault(f"Cannot specify the {with_} when choosing to get "
                              f"{'only the Count' if select == 'COUNT' else select}")
        if select == "ALL_PROJECTED_ATTRIBUTES" and request.get("IndexName") is None:
            raise layer.fault("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
        if select == "SPECIFIC_ATTRIBUTES" and not with_:
            raise layer.fault(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"
            )

    def check_view(self, view):
        """What filter, projection and Select may name, once it is known what is read."""
        index, table = view.index, view.table
        check_paths_below_keys(table, self.projection or [])
        if self.operation == "Query":
            for path in self.filter_paths:
                if path[0] in view.keys:
                    raise invalid(
                        f"{'QueryFilter' if self.comparisons else 'Filter Expression'} can only contain non-primary "
                        f"key attributes: Primary key attribute: {path[0]}"
                    )
        if self.request.get("Select") == "ALL_ATTRIBUTES" and view.is_global and index.projection != "ALL":
            raise parameter(
                f"Select type ALL_ATTRIBUTES is not supported for global secondary index {index.name} because its "
                "projection type is not ALL"
            )
        lacking = view.lacking(self.projection or [])
        if lacking and view.is_global:
            raise parameter(f"Global secondary index {index.name} does not project [{', '.join(lacking)}]")
        lacking = view.lacking(self.filter_paths)
        if lacking and self.operation == "Query":
            raise parameter(f"Secondary index {index.name} does not project one or more filter attributes: "
                            f"[{', '.join(lacking)}]")
        check_paths_below_keys(table, self.filter_paths)

    def fetches(self, view):
        """Whether a local index must be completed from the table."""
        if view.index is None or view.is_global:
            return False
        return (self.request.get("Select") == "ALL_ATTRIBUTES" and view.index.projection != "ALL" or
                bool(view.lacking(self.projection or [])))

    def answer(self, view, entries):
        """The reply for these entries, which are in order and begin after the start key."""
        request = self.request
        page, read_bytes, more = take(entries, request.get("Limit"))
        bill = capacity.Bill(view.table)
        units = capacity.read_units(read_bytes, factor_of(request))
        if view.index:
            bill.charge(view.index, units)
        else:
            bill.units += units
        kept = [entry for entry in page if self.keep is None or self.keep(entry)]
        if self.fetches(view):
            for entry in page:
                bill.add(item_bill(view.table, view.table.get(entry), factor_of(request)))
            kept = [view.table.get(entry) for entry in kept]
        reply = {"Count": len(kept), "ScannedCount": len(page)}
        if request.get("Select") != "COUNT":
            reply["Items"] = [values.show_item(cut(item, self.projection)) for item in kept]
        if more:
            reply["LastEvaluatedKey"] = values.show_item({name: page[-1][name] for name in view.position})
        return capacity.with_capacity(reply, request, bill)


def take(entries, limit):
    """The entries of one page, their bytes, and whether the page ended before the entries did."""
    page, read_bytes = [], 0
    for entry in entries:
        page.append(entry)
        read_bytes += item_size(entry)
        if len(page) == limit or read_bytes >= PAGE_BYTES:
            return page, read_bytes, True
    return page, read_bytes, False


def read_start(request, layer):
    """ExclusiveStartKey as an item, or None."""
    wire = request.get("ExclusiveStartKey")
    if wire is None:
        return None
    try:
        return values.read_item(wire, layer)
    except Fault as fault:
        bare = fault.text.startswith(("The parameter cannot be", OVERFLOW, UNDERFLOW, TOO_PRECISE, "An number set"))
        raise invalid(("" if bare or "duplicates" in fault.text else "The provided starting key is invalid: ") +
                      fault.text) from fault


def view_of(database, request):
    view = View(database.table(request["TableName"]), request.get("IndexName"))
    if view.is_global and request.get("ConsistentRead"):
        raise invalid("Consistent reads are not supported on global secondary indexes")
    return view


def query(database, request):
    requests.check_mixing("Query", request, READ)
    filters = legacy.read_filter(request, "QueryFilter", READ)
    legacy.check_operator_count(request, filters, READ)
    legacy.check_names(request, READ)
    start = read_start(request, READ)
    if request.get("KeyConditions") is None and request.get("KeyConditionExpression") is None:
        raise READ.fault(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."
        )
    read = Read(request, "Query", filters, READ)
    terms = read.read_expressions()
    view = view_of(database, request)
    if start is not None and set(start) != set(view.position):
        raise invalid("The provided starting key is invalid")
    keyconditions.check_terms(terms, view, start)
    if start is not None:
        check_query_start(view, start, terms)
    read.check_view(view)
    entries = [entry for entry in view.entries() if all(term.holds(entry) for term in terms)]
    entries.sort(key=view.order, reverse=request.get("ScanIndexForward") is False)
    if start is not None:
        entries = after(view, entries, start, request.get("ScanIndexForward") is not False)
    reply = read.answer(view, entries)
    if names_one_row(view, terms):
        reply.pop("LastEvaluatedKey", None)  # one row at most: there is nothing to restart
    return reply


def names_one_row(view, terms):
    return not view.index and len(terms) == len(view.keys) and all(term.operator == "=" for term in terms)


def after(view, entries, start, forward):
    place = view.order(start)
    return [entry for entry in entries if (view.order(entry) > place if forward else view.order(entry) < place)]


def check_start_types(view, start):
    for name in view.position:
        if start[name][0] != view.table.types[name]:
            raise invalid("The provided starting key is invalid: The provided key element does not match the schema")
        if start[name][1] in ("", b""):
            raise Fault("ValidationException", None)


def check_query_start(view, start, terms):
    """The start key lies where the query can get to."""
    check_start_types(view, start)
    for name in view.table.key_names:
        try:
            check_key_size(start[name], name == view.table.hash)
        except Fault as fault:
            raise invalid(f"The provided starting key is invalid: {fault.text}") from fault
    if not view.index and not view.ranges:
        shown = ", ".join(f"{name}=AttributeValue: {checks.echo(value)}" for name, value in start.items())
        raise invalid(f"The provided exclusive start key is invalid: ExclusiveStartKey: {{{shown}}}")
    by_name = {term.name: term for term in terms}
    ranged = [name for name in view.ranges if name in by_name]
    if ranged and not all(by_name[name].holds(start) for name in ranged):
        raise invalid("The provided starting key does not match the range key predicate")
    if not all(by_name[name].holds(start) for name in view.hashes):
        if ranged:
            raise invalid("The query can return at most one row and cannot be restarted")
        raise invalid("The provided starting key is outside query boundaries based on provided conditions")
    if names_one_row(view, terms):
        raise invalid("The query can return at most one row and cannot be restarted")


def scan(database, request):
    """A whole Scan in one reply, its items in no order; with Limit or a segment only its faults are the service's."""
    requests.check_mixing("Scan", request, OLDER)
    legacy.check_names(request, OLDER)
    filters = legacy.read_filter(request, "ScanFilter", OLDER)
    legacy.check_operator_count(request, filters, OLDER)
    read_start(request, OLDER)
    read = Read(request, "Scan", filters, OLDER)
    read.read_expressions()
    view = view_of(database, request)
    read.check_view(view)
    return read.answer(view, view.entries())
