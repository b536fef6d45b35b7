# SPDX-License-Identifier: Apache-2.0
"""Reading case files.

A file holds one or more cases about one subject. Values are in the notation of notation.py. Lines at the left margin begin
something; indented lines continue it.

    # words for the reader; the first block says what the file is about
    source: data-plane.md 4.6          where the behaviour is written down (required)
    server: --state-delay 1500         options of the server, when the usual one will not do

    table T                            made before each case of the file
        pk S hash
        sk N range
        index g1: a S hash, b N range, project all | keys | x y
        local l1: c S range, project all
        set StreamSpecification {...}  any further member of CreateTable
    items T                            put before each case
        @{pk: "a", sk: 1}
    name U                             a table name that the case itself creates

    case words                         begins a case; without this line the whole file is one case
    each in out                        the case is run once for every row, with $in and $out
        "007" "7"

    PutItem {TableName: "T", ...}      a request; the JSON may go on in indented lines. The operation, the error and the
                                       message may be a $name as well
    200 {}                             the reply, in full; match.py has the markers that loosen it
    400 ValidationException            an error; the message follows, indented, word for word:
        a text                         a text   "a text in quotes"   contains: a part   matches: an expression
        {Item: {...}}                  or the error's further members, and `message`
    save key LastEvaluatedKey          keeps a part of the last reply as $key
    pages Query {...}                  follows LastEvaluatedKey, or NextToken, to the end; the reply is {Items, Pages}
    wait T                             until the table and its indexes are ACTIVE; `wait T gone`,
                                       `wait T without INDEX`; `wait T filling`: until an index is being filled
    http POST /                        an HTTP request as it stands: header lines, a blank line, the body
        Content-Type: application/json
        Authorization: *               * stands for the value that a well-behaved client sends

        {}
    200                                for http too, with `Header-Name: value` lines (- absent, * present) before the body

Table names are replaced by names of the case's own, in the requests and back in the replies, so that all cases can run at
once against one server. Where that cannot be seen, as in the body of an http request, $T is the name of the table T.
In a Statement it is
what follows FROM, INTO or UPDATE; it grows there, so a case about the place of something puts that on a later line.
$token is a text that no other run of any case has.
"""

import os
import re

from conformance import notation

REQUEST = re.compile(r"^(pages )?([A-Z]\w+|\$\w+)(?:\s+(.*))?$")
STATUS = re.compile(r"^(\d{3})(?: ([A-Z]\w+|\$\w+(?!\w*\()))?(?:\s+(.*))?$")


class CaseError(Exception):
    pass


class Step:
    """One thing a case does: `kind` is request, http, save or wait."""

    def __init__(self, kind, line, **fields):
        self.kind, self.line = kind, line
        self.__dict__.update(fields)


class Expectation:
    def __init__(self, status, error, body):
        self.status, self.error, self.body = status, error, body  # body: indented text, or None


class Setup:
    """What stands before the first `case`: tables to create, items to put, names to substitute."""

    def __init__(self):
        self.tables = {}
        self.items = []
        self.names = []
        self.server = ()  # options of the server that these cases need


class Case:
    def __init__(self, path, name, line, setup):
        self.path, self.name, self.line, self.setup = path, name, line, setup
        self.steps = []
        self.columns, self.rows = [], [("", ())]

    def runs(self):
        """(label, variables) of each row; the variables are parsed and not yet evaluated."""
        for text, row in self.rows:
            yield f"{self.name} [{text[:60]}]" if self.columns else self.name, dict(zip(self.columns, row))


class Block:
    """One line at the margin with the indented lines below it."""

    def __init__(self, line, head):
        self.line, self.head, self.body = line, head, []

    def text(self):
        return "\n".join(self.body)

    def value_text(self, start):
        return (start + "\n" + self.text()).strip()


def blocks(text):
    current = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith((" ", "\t")):
            if current is None:
                raise CaseError(f"line {number} continues nothing")
            current.body.append(line)
        elif line.strip() == "":
            if current is not None and current.body:
                current.body.append("")
        elif not line.startswith("#"):
            if current is not None:
                yield current
            current = Block(number, line.rstrip())
    if current is not None:
        yield current


def dedent(lines):
    """Lines without their common indentation and without blank ones at the end."""
    lines = list(lines)
    while lines and not lines[-1].strip():
        lines.pop()
    margin = min((len(l) - len(l.lstrip()) for l in lines if l.strip()), default=0)
    return [l[margin:] for l in lines]


def read_file(path):
    """The cases of one file."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    default_name = os.path.splitext(os.path.basename(path))[0].replace("_", " ")
    setup, case, cases, source = Setup(), None, [], None
    for block in blocks(text):
        word, _, rest = block.head.partition(" ")
        try:
            if word == "source:":
                source = rest
            elif word == "server:":
                setup.server = tuple(rest.split())
            elif word == "case":
                case = Case(path, rest, block.line, setup)
                cases.append(case)
            elif word in ("table", "items", "name") and case is None:
                read_setup(setup, word, rest, block)
            else:
                if case is None:
                    case = Case(path, default_name, block.line, setup)
                    cases.append(case)
                read_step(case, word, rest, block)
        except (notation.NotationError, ValueError, CaseError) as problem:
            raise CaseError(f"{path}:{block.line}: {problem}") from problem
    if not source:
        raise CaseError(f"{path}: no `source:` line")
    for each in cases:
        if not each.steps:
            raise CaseError(f"{path}:{each.line}: a case without steps")
    return cases


def read_setup(setup, word, rest, block):
    if word == "table":
        setup.tables[rest] = read_table(rest, dedent(block.body))
        setup.names.append(rest)
    elif word == "name":
        setup.names += rest.split()
    else:
        setup.items += [(rest, value) for value in notation.parse_row(block.text())]


def read_step(case, word, rest, block):
    if word == "each":
        case.columns = rest.split()
        lines = [line.strip() for line in block.body if line.strip() and not line.strip().startswith("# ")]
        case.rows = [(line, notation.parse_row(line)) for line in lines]
        for line, row in case.rows:
            if len(row) != len(case.columns):
                raise CaseError(f"a row has not the {len(case.columns)} values of `each`: {line}")
    elif word == "save":
        name, path = rest.split(None, 1)
        case.steps.append(Step("save", block.line, name=name, path=path.split(".")))
    elif word == "wait":
        table, _, state = rest.partition(" ")
        case.steps.append(Step("wait", block.line, table=table, state=state or "active"))
    elif word == "http":
        case.steps.append(Step("http", block.line, request=read_http(rest, block), expect=None))
    elif STATUS.match(block.head):
        read_expectation(case, block)
    else:
        read_request(case, block)


def read_request(case, block):
    match = REQUEST.match(block.head)
    if not match:
        raise CaseError(f"cannot read {block.head!r}")
    text = block.value_text(match.group(3) or "")
    payload = notation.parse(text) if text else None
    case.steps.append(Step("request", block.line, operation=match.group(2), payload=payload,
                           pages=bool(match.group(1)), expect=None))


def read_expectation(case, block):
    if not case.steps or not hasattr(case.steps[-1], "expect"):
        raise CaseError("a reply that answers no request")
    status, error, rest = STATUS.match(block.head).groups()
    body = "\n".join(([rest] if rest else []) + dedent(block.body))
    step = case.steps[-1]
    if step.kind == "request" and not error and body:
        body = notation.parse(body)
    elif step.kind == "request" and error and body.startswith("{"):
        body = notation.parse(body)
    step.expect = Expectation(int(status), error, body or None)


def read_http(head, block):
    method, path = head.split(None, 1)
    lines, headers = dedent(block.body), []
    while lines and lines[0].strip():
        name, _, value = lines.pop(0).partition(":")
        headers.append((name, value.strip()))
    body = "\n".join(lines[1:])
    return method, path, headers, notation.parse(body) if body.startswith("$") else body


# Tables

def read_table(name, lines):
    """The CreateTable request of a `table` block, with the name left as it is."""
    types, request = {}, {"TableName": name, "KeySchema": [], "BillingMode": "PAY_PER_REQUEST"}
    for line in lines:
        line = line.strip()
        if line.startswith(("index ", "local ")):
            kind, _, rest = line.partition(" ")
            member = "GlobalSecondaryIndexes" if kind == "index" else "LocalSecondaryIndexes"
            request.setdefault(member, []).append(read_index(kind, rest, types, request["KeySchema"]))
        elif line.startswith("set "):
            member, text = line[4:].split(None, 1)
            request[member] = notation.parse(text)
        elif line:
            request["KeySchema"].append(read_key(line, types))
    if request.get("BillingMode") is None:
        del request["BillingMode"]
    request["AttributeDefinitions"] = [{"AttributeName": a, "AttributeType": t} for a, t in types.items()]
    return request


def read_key(text, types):
    attribute, kind, role = text.split()
    types[attribute] = kind
    return {"AttributeName": attribute, "KeyType": role.upper()}


def read_index(kind, text, types, table_keys):
    """`g1: a S hash, b N range, project all`"""
    name, _, rest = text.partition(":")
    keys, projection = [] if kind == "index" else [table_keys[0]], {"ProjectionType": "ALL"}
    for part in (part.strip() for part in rest.split(",")):
        if part.startswith("project "):
            words = part.split()[1:]
            if words == ["keys"]:
                projection = {"ProjectionType": "KEYS_ONLY"}
            elif words != ["all"]:
                projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": words}
        else:
            keys.append(read_key(part, types))
    return {"IndexName": name.strip(), "KeySchema": keys, "Projection": projection}
