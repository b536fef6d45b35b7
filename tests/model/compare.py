# SPDX-License-Identifier: Apache-2.0
"""Whether the server's reply is the model's.

What DynamoDB leaves open is not compared: the order of a Scan, of a batch's items, of lists of one entry for each
table. A message that the model leaves open (None) matches any.
"""

import json


def short_kind(document):
    return str(document.get("__type", "")).rpartition("#")[2]


def sorted_by_text(elements):
    return sorted(elements, key=lambda element: json.dumps(element, sort_keys=True))


def normal(operation, document):
    """The document with what has no order in an order of its own, and with one spelling of errors."""
    if "__type" in document:
        rest = {member: value for member, value in document.items() if member not in ("__type", "message", "Message")}
        return {"kind": short_kind(document), "text": document.get("message", document.get("Message")), **rest}
    document = dict(document)
    if isinstance(document.get("ConsumedCapacity"), list):
        document["ConsumedCapacity"] = sorted(document["ConsumedCapacity"], key=lambda one: one["TableName"])
    if operation == "Scan" and "Items" in document:
        document["Items"] = sorted_by_text(document["Items"])
    if operation == "BatchGetItem":
        document["Responses"] = {table: sorted_by_text(items) for table, items in document["Responses"].items()}
    if "ItemCollectionMetrics" in document and "ItemCollectionKey" not in document["ItemCollectionMetrics"]:
        document["ItemCollectionMetrics"] = {table: sorted_by_text(listed)
                                             for table, listed in document["ItemCollectionMetrics"].items()}
    return document


def matches(got, expected):
    """Equality, but None on the model's side, where it stands for a text, matches anything."""
    if isinstance(expected, dict) and isinstance(got, dict):
        free = [name for name, value in expected.items() if value is None and name in ("text", "Message")]
        return (set(got) | set(free) == set(expected) | set(free) and
                all(name in free or matches(got[name], value) for name, value in expected.items()))
    if isinstance(expected, list) and isinstance(got, list):
        return len(got) == len(expected) and all(map(matches, got, expected))
    return got == expected


def difference(operation, got, expected):
    """None, or lines for a reader: the place, and the two replies. A reply is (status, document)."""
    if expected[1].get("Unspecified"):
        return None
    if expected[1].pop("Unordered", False) and "Items" in got[1]:
        got[1]["Items"], expected[1]["Items"] = sorted_by_text(got[1]["Items"]), sorted_by_text(expected[1]["Items"])
    server, model = (normal(operation, document) for _, document in (got, expected))
    if got[0] == expected[0] and matches(server, model):
        return None
    return f"at {place(server, model)}", f"server {got[0]} {show(server)}", f"model  {expected[0]} {show(model)}"


def place(got, expected, path=""):
    """Where the first difference is, and the two values there."""
    if isinstance(got, dict) and isinstance(expected, dict):
        for name in sorted(set(got) | set(expected)):
            if name not in got or name not in expected:
                return f"{path}.{name}: only the {'server' if name in got else 'model'} has it"
            if not matches({name: got[name]}, {name: expected[name]}):
                return place(got[name], expected[name], f"{path}.{name}")
    if isinstance(got, list) and isinstance(expected, list) and len(got) == len(expected):
        for index, pair in enumerate(zip(got, expected)):
            if not matches(*pair):
                return place(*pair, f"{path}[{index}]")
    return f"{path or 'the status'}: {show(got)[:300]} and {show(expected)[:300]}"


def show(document):
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def stream_difference(got, expected):
    """Two lists of stream records: the records of one item must come in the same order. None or a text."""
    for key, records in by_item(expected).items():
        theirs = by_item(got).get(key, [])
        for at, record in enumerate(records):
            if at >= len(theirs) or theirs[at] != record:
                return f"record {at} of item {key}\nserver {show(theirs[at:at + 1])}\nmodel  {show([record])}"
    if len(got) != len(expected):
        return f"{len(got)} records of the server, {len(expected)} of the model"
    return None


def by_item(records):
    found = {}
    for record in records:
        found.setdefault(json.dumps(record["dynamodb"]["Keys"], sort_keys=True), []).append(record)
    return found
