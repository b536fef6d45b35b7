#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Inputs for fuzz_whole: the requests of the conformance cases, as their runner sends them to a server.

    seeds.py FOLDER          one file for each run of a case: `Operation {...}` lines, or the bytes of an HTTP request
"""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from conformance import run as conformance
from lib.client import Client
from lib.server import Server

PREFIX = re.compile(rb"c\d{5}\.(?=[\w.-])")  # of the names of a run's own tables
BYTES_MAX = 16384


class Recorder(Client):
    """A client that remembers what it sent; of equal requests in a row the first."""

    def __init__(self, port):
        super().__init__(port)
        self.sent, self.within_call = [], False

    def note(self, data):
        data = PREFIX.sub(b"", data)
        if not self.sent or self.sent[-1] != data:
            self.sent.append(data)

    def call(self, operation, payload):
        self.note(operation.encode() + b" " + payload.replace(b"\n", b" ") + b"\n")
        self.within_call = True
        try:
            return super().call(operation, payload)
        finally:
            self.within_call = False

    def send(self, method, path, headers, body):
        if not self.within_call:
            headers = {"Host": "localhost", **headers, **({"Content-Length": str(len(body))} if body else {})}
            lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
            self.note(b"H" + "\r\n".join(lines).encode() + b"\r\n\r\n" + (body or b""))
        return super().send(method, path, headers, body)

    def taken(self):
        """What one case sent: its lines as one input, each HTTP request as an input of its own."""
        sent, self.sent = self.sent, []
        lines = [line for line in sent if not line.startswith(b"H") and not line.startswith(b"DeleteTable ")]
        return [b"".join(lines)] * bool(lines) + [data for data in sent if data.startswith(b"H")]


def write(folder, name, inputs):
    for number, data in enumerate(inputs):
        if len(data) <= BYTES_MAX:
            with open(os.path.join(folder, f"case-{name}-{number}"), "wb") as file:
                file.write(data)


def main():
    folder, count = sys.argv[1], 0
    sys.setrecursionlimit(20000)
    os.makedirs(folder, exist_ok=True)
    with Server("memory", options=conformance.USUAL_SERVER) as server:
        for where, case in conformance.find_cases([]):
            for _, variables in case.runs():
                client = Recorder(server.port)
                try:
                    conformance.Runner(client, case, variables).run()
                except Exception as problem:  # what was sent up to here is an input all the same
                    print(f"{where}: {problem}", file=sys.stderr)
                client.close()
                write(folder, f"{count:05d}", client.taken())
                count += 1
    print(f"{count} runs of cases in {folder}")


if __name__ == "__main__":
    main()
