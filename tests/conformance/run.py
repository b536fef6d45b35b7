# SPDX-License-Identifier: Apache-2.0
"""Runs the conformance cases against a server, many at a time.

    run.py [--engine memory|rocksdb] [--port N] [--jobs N] [--list] [--verbose] [FILE|FOLDER|WORD...]

Without --port a server is started for the run. Words choose the cases whose file or name contains them. Every case makes
its own tables, so the order and the company do not matter. Each row of an `each` table counts as one test.
"""

import argparse
import concurrent.futures
import itertools
import os
import re
import sys
import threading
import time
import uuid

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from conformance import cases as reader
from conformance import match, notation
from lib.client import AUTHORIZATION, CONTENT_TYPE, DATE, Client, Reply
from lib.server import Server
from lib.tally import Tally

HERE = os.path.dirname(os.path.abspath(__file__))
WAIT_SECONDS_MAX = 30
USUAL_SERVER = ("--state-delay", "10")  # passing states are not waited for longer than needed
USUAL_HEADERS = {"Content-Type": CONTENT_TYPE, "X-Amz-Date": DATE, "Authorization": AUTHORIZATION}
connections = threading.local()
case_numbers = itertools.count(1)


class Failure(Exception):
    pass


class Names:
    """The table names of one running case: `T` in the file is `c00012.T` on the wire."""

    def __init__(self, names, number):
        self.wire = {name: f"c{number:05d}.{name}" for name in names}
        self.prefix = re.compile(rb"c%05d\." % number)
        named = "|".join(map(re.escape, names)) or "$^"
        self.source = re.compile(rf'\b(FROM|INTO|UPDATE)(\s+)("?)({named})\3(?=[\s.;()]|$)', re.IGNORECASE)

    def outward(self, value, member=None):
        """A request's value with the names replaced where a table name can stand."""
        if isinstance(value, dict):
            key_outward = self.arn_outward if member == "RequestItems" else str
            return {key_outward(name): self.outward(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.outward(element) for element in value]
        if isinstance(value, str):
            if member in ("TableName", "ExclusiveStartTableName", "ResourceArn"):
                return self.arn_outward(value)
            if member in ("StreamArn", "ExclusiveStartStreamArn", "ShardIterator"):
                return self.stream_outward(value)
            if member == "Statement":
                return self.source.sub(lambda m: f'{m[1]}{m[2]}"{self.wire.get(m[4], m[4])}"', value)
        return value

    def arn_outward(self, text):
        head, slash, rest = text.rpartition("table/")
        name, stream, label = rest.partition("/stream/")
        return head + slash + self.wire.get(name, name) + stream + label

    def stream_outward(self, text):
        head, slash, rest = text.partition("table/")
        name, stream, label = rest.partition("/stream/")
        return head + slash + self.wire.get(name, name) + stream + label

    def inward(self, body):
        return self.prefix.sub(b"", body)


class Runner:
    """One run of one case."""

    def __init__(self, client, case, variables):
        self.client, self.case = client, case
        self.names = Names(case.setup.names, next(case_numbers))
        self.variables = {**match.MARKERS, **self.names.wire, "token": str(uuid.uuid4())}
        for name, value in variables.items():
            self.variables[name] = notation.evaluate(value, self.variables)
        self.reply = None
        self.line = case.line

    def run(self):
        try:
            self.set_up()
            for step in self.case.steps:
                self.line = step.line
                getattr(self, "do_" + step.kind)(step)
        finally:
            self.tear_down()

    def set_up(self):
        for name, request in self.case.setup.tables.items():
            self.must("CreateTable", request)
        for name in self.case.setup.tables:
            self.wait(name, "active")
        for table, item in self.case.setup.items:
            self.must("PutItem", {"TableName": table, "Item": notation.evaluate(item, self.variables)})

    def tear_down(self):
        """Tables are deleted as far as they can be; the server does not live long anyway."""
        for name in self.names.wire:
            try:
                self.send("DeleteTable", {"TableName": name})
            except OSError:
                return

    def send(self, operation, payload):
        text = notation.to_json(self.names.outward(payload))
        reply = self.client.call(operation, text.encode())
        return Reply(reply.status, reply.headers, self.names.inward(reply.body)), reply

    def must(self, operation, payload):
        reply, _ = self.send(operation, notation.evaluate(payload, self.variables))
        if reply.status != 200:
            raise Failure(f"{operation} before the case: {reply.status} {reply.body[:300]!r}")
        return reply.json

    def wait(self, table, state):
        deadline = time.monotonic() + WAIT_SECONDS_MAX
        while time.monotonic() < deadline:
            reply, _ = self.send("DescribeTable", {"TableName": table})
            if state == "gone" and reply.error == "ResourceNotFoundException":
                return
            if state == "filling" and reply.status == 200 and is_filling(reply.json["Table"]):
                return
            if state not in ("gone", "filling") and reply.status == 200 and is_active(reply.json["Table"], state):
                return
            time.sleep(0.02)
        raise Failure(f"{table} is not {state} after {WAIT_SECONDS_MAX} s: {reply.body[:300]!r}")

    def do_wait(self, step):
        self.wait(step.table, step.state)

    def do_save(self, step):
        value = self.reply
        for part in step.path:
            try:
                value = value[int(part)] if part.isdigit() else value[part]
            except (KeyError, IndexError, TypeError):
                raise Failure(f"nothing to save at {'.'.join(step.path)} of {match.shown(self.reply)}") from None
        self.variables[step.name] = value

    def do_request(self, step):
        payload = notation.evaluate(step.payload, self.variables) if step.payload is not None else {}
        operation = self.text(step.operation)
        if step.pages:
            reply = self.all_pages(operation, payload)
            self.compare(step.expect, 200, None, None, reply)
            return
        reply, raw = self.send(operation, payload)
        fault = raw.header_fault()
        if fault:
            raise Failure(fault)
        self.reply = reply.json
        self.compare(step.expect, reply.status, reply.error, reply.message, reply.json)

    def all_pages(self, operation, payload):
        items, count, payload = [], 0, dict(payload)
        while True:
            page = self.must(operation, payload)
            items += page["Items"]
            count += 1
            if "NextToken" in page:
                payload["NextToken"] = page["NextToken"]
            elif "LastEvaluatedKey" in page:
                payload["ExclusiveStartKey"] = page["LastEvaluatedKey"]
            else:
                return {"Items": items, "Pages": count}

    def compare(self, expect, status, error, message, document):
        if expect is None:
            if status != 200:
                raise Failure(f"{status} {error}: {message}")
            return
        if (status, error) != (expect.status, expect.error and self.text(expect.error)):
            raise Failure(f"{status} {error or ''} {message or match.shown(document)}\n"
                          f"expected {expect.status} {expect.error or ''} {self.shown_text(expect)}")
        if expect.error and isinstance(expect.body, str):
            compare_text(message, self.text(expect.body))
        elif expect.body is not None:
            if expect.error:
                document = {("message" if name == "Message" else name): value
                            for name, value in document.items() if name != "__type"}
            found = match.difference(document, notation.evaluate(expect.body, self.variables))
            if found:
                raise Failure(found)

    def text(self, body):
        """The text expected of an error: as it stands, or the value of a quoted string or a variable."""
        return notation.evaluate(notation.parse(body), self.variables) if body[:1] in ('"', "$") else body

    def shown_text(self, expect):
        return self.text(expect.body) if expect.error and isinstance(expect.body, str) else ""

    def do_http(self, step):
        method, path, headers, body = step.request
        if not isinstance(body, str):
            body = notation.evaluate(body, self.variables)
        method = self.text(method)
        headers = {name: USUAL_HEADERS[name] if value == "*" else self.text(value) for name, value in headers}
        reply = self.client.send(method, path, headers, body.encode() if body else None)
        self.reply = reply.json if reply.body.startswith(b"{") else None
        if step.expect:
            compare_http(reply, step.expect, self.text)


def is_active(table, state):
    """Whether a table and its indexes are ACTIVE, and the index of `without NAME` is gone."""
    indexes = table.get("GlobalSecondaryIndexes", [])
    gone = state.removeprefix("without ")
    return table["TableStatus"] == "ACTIVE" and all(
        index["IndexStatus"] == "ACTIVE" and index["IndexName"] != gone for index in indexes)


def is_filling(table):
    """Whether an index is being filled."""
    return any(index.get("Backfilling") for index in table.get("GlobalSecondaryIndexes", []))


def compare_text(got, expected):
    """The message of an error against the text of the case."""
    kind, _, rest = expected.partition(": ")
    if kind == "contains":
        good = rest in (got or "")
    elif kind == "matches":
        good = re.search(rest, got or "", re.S)
    else:
        good = got == expected
    if not good:
        raise Failure(f"message  {got!r}\nexpected {expected!r}")


def compare_http(reply, expect, evaluated):
    if reply.status != expect.status:
        raise Failure(f"status {reply.status} {reply.body[:300]!r}, expected {expect.status}")
    lines = (expect.body or "").split("\n")
    if expect.error and reply.error != expect.error:
        raise Failure(f"{reply.body[:300]!r}, expected {expect.error}")
    while lines and re.match(r"^[A-Za-z0-9-]+: ", lines[0]):
        name, _, value = lines.pop(0).partition(": ")
        value = evaluated(value)
        got = reply.headers.get(name.lower())
        if got != value and not (value == "-" and got is None) and not (value == "*" and got is not None):
            raise Failure(f"{name} is {got!r}, expected {value!r}")
    text = "\n".join(lines).strip("\n")
    if text == "nothing":
        text = ""
    elif not text:
        return
    text = evaluated(text)
    if reply.body.decode("utf-8", "replace") != text:
        raise Failure(f"body     {reply.body[:400]!r}\nexpected {text!r}")


def find_cases(words):
    paths = []
    for folder, _, files in os.walk(HERE):
        paths += [os.path.join(folder, file) for file in files if file.endswith(".case")]
    found = []
    for path in sorted(paths):
        for case in reader.read_file(path):
            where = f"{os.path.relpath(path, HERE)}: {case.name}"
            if not words or any(word in where or os.path.abspath(word) in path for word in words):
                found.append((where, case))
    return found


def run_one(port, tally, where, case, variables, verbose):
    if getattr(connections, "port", None) != port:
        connections.client, connections.port = Client(port), port
    runner = Runner(connections.client, case, variables)
    try:
        runner.run()
    except Failure as problem:
        tally.fail(f"{where} (line {runner.line})", problem)
    except Exception as problem:  # a dropped connection, a reply that is no JSON: the case fails, the run goes on
        connections.client.close()
        tally.fail(f"{where} (line {runner.line})", f"{type(problem).__name__}: {problem}")
    else:
        tally.ok()
        if verbose:
            print(f"ok   {where}")


def run_all(port, found, options, tally):
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for where, case in found:
            for label, variables in case.runs():
                name = where.replace(case.name, label) if label != case.name else where
                pool.submit(run_one, port, tally, name, case, variables, options.verbose)


def main():
    sys.setrecursionlimit(20000)  # some values are nested on purpose
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("words", nargs="*")
    options.add_argument("--engine", default="rocksdb")
    options.add_argument("--port", type=int)
    options.add_argument("--jobs", type=int, default=8)
    options.add_argument("--list", action="store_true")
    options.add_argument("--verbose", action="store_true")
    options = options.parse_args()

    found = find_cases(options.words)
    if options.list:
        print("\n".join(where for where, _ in found))
        print(f"{sum(len(case.rows) for _, case in found)} tests")
        return
    tally = Tally()
    if options.port:
        run_all(options.port, found, options, tally)
    else:
        for server_options in sorted({case.setup.server for _, case in found}):
            those = [(where, case) for where, case in found if case.setup.server == server_options]
            with Server(options.engine, options=server_options or USUAL_SERVER) as server:
                run_all(server.port, those, options, tally)
                tally.check(server.alive(), "the server lives after the last case", server.log_text()[-3000:])
    tally.finish()


if __name__ == "__main__":
    main()
