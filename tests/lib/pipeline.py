# SPDX-License-Identifier: Apache-2.0
"""Many requests on one connection without waiting for each answer (HTTP/1.1 pipelining).

The server answers the requests of a connection in their order, so a whole chunk of requests goes out as one run of
bytes and its answers come back as another. That costs a few microseconds a request where http.client costs hundreds.
"""

import json
import re
import selectors
import socket

from lib.client import AUTHORIZATION, CONTENT_TYPE, DATE, STREAMS_OPERATIONS, STREAMS_TARGET, TARGET

HEAD = (f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: {CONTENT_TYPE}\r\nX-Amz-Date: {DATE}\r\n"
        f"Authorization: {AUTHORIZATION}\r\nX-Amz-Target: ")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
READ_BYTES = 1 << 18
SILENCE_SECONDS_MAX = 120


def encode(operation, payload):
    """The bytes of one request."""
    body = json.dumps(payload).encode()
    target = (STREAMS_TARGET if operation in STREAMS_OPERATIONS else TARGET) + operation
    return f"{HEAD}{target}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


class Exchange:
    """One connection: bytes that still have to go out, and the answers that have come in."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setblocking(False)
        self.outgoing, self.incoming, self.at = memoryview(b""), bytearray(), 0
        self.replies, self.wanted = [], 0

    def begin(self, requests, count):
        """`requests` is the bytes of `count` requests, one behind the other."""
        self.outgoing, self.replies, self.wanted = memoryview(requests), [], count

    @property
    def done(self):
        return len(self.replies) == self.wanted

    def events(self):
        return selectors.EVENT_READ | (selectors.EVENT_WRITE if self.outgoing else 0)

    def turn(self, ready):
        if ready & selectors.EVENT_WRITE and self.outgoing:
            self.outgoing = self.outgoing[self.socket.send(self.outgoing):]
        if ready & selectors.EVENT_READ:
            content = self.socket.recv(READ_BYTES)
            if not content:
                raise ConnectionError(
                    f"the server closed the connection after {len(self.replies)} of {self.wanted} answers"
                )
            self.incoming += content
            self.split()

    def split(self):
        """Takes every complete answer out of what came in, as (status, body)."""
        while not self.done:
            end = self.incoming.find(b"\r\n\r\n", self.at)
            if end < 0:
                break
            length = int(LENGTH.search(self.incoming, self.at, end + 2)[1])
            body = end + 4
            if len(self.incoming) < body + length:
                break
            self.replies.append(
                (int(self.incoming[self.at + 9 : self.at + 12]), bytes(self.incoming[body : body + length]))
            )
            self.at = body + length
        del self.incoming[:self.at]
        self.at = 0


def run(exchanges):
    """Turns until every exchange has its answers."""
    with selectors.DefaultSelector() as selector:
        for exchange in exchanges:
            selector.register(exchange.socket, exchange.events(), exchange)
        while not all(exchange.done for exchange in exchanges):
            ready = selector.select(SILENCE_SECONDS_MAX)
            if not ready:
                raise TimeoutError(f"no answer for {SILENCE_SECONDS_MAX} s")
            for key, events in ready:
                key.data.turn(events)
                selector.modify(key.fileobj, key.data.events(), key.data)
