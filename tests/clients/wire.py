# SPDX-License-Identifier: Apache-2.0
"""Requests as bytes, and a connection that sends them as they are and reads what comes back."""

import os
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib.client import AUTHORIZATION, CONTENT_TYPE, DATE, TARGET

TIMEOUT = 10
LIMITS = b'{}'


def request(operation="DescribeLimits", body=LIMITS, method="POST", path="/", version="HTTP/1.1", length=True, headers=()):
    lines = [f"{method} {path} {version}", "Host: localhost", f"Content-Type: {CONTENT_TYPE}",
             f"X-Amz-Target: {TARGET}{operation}", f"X-Amz-Date: {DATE}", f"Authorization: {AUTHORIZATION}"]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, *headers]).encode() + b"\r\n\r\n" + body


def chunked(*parts):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


class Wire:
    """One connection and what has been read of it."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self.buffer = b""

    def send(self, data):
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the server may close before it has read everything; its answer is still to be read
        return self

    def fill(self):
        try:
            data = self.socket.recv(65536)
        except (ConnectionResetError, socket.timeout):
            data = b""
        self.buffer += data
        return bool(data)

    def response(self):
        """(status, headers, body) of the next answer, or None when the connection ends first."""
        while b"\r\n\r\n" not in self.buffer:
            if not self.fill():
                return None
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        if not lines[0].startswith("HTTP/1."):
            raise ValueError(f"no response begins with {head[:200]!r}")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        if headers.get("transfer-encoding") == "chunked":
            body = self.chunks()
        else:
            body = self.take(int(headers.get("content-length", 0)))
        return None if body is None else (int(lines[0].split()[1]), headers, body)

    def take(self, length):
        while len(self.buffer) < length:
            if not self.fill():
                return None
        taken, self.buffer = self.buffer[:length], self.buffer[length:]
        return taken

    def chunks(self):
        body = b""
        while True:
            while b"\r\n" not in self.buffer:
                if not self.fill():
                    return None
            size, _, self.buffer = self.buffer.partition(b"\r\n")
            part = self.take(int(size, 16) + 2)
            if part is None or size == b"0":
                return None if part is None else body
            body += part[:-2]

    def ended(self):
        """Whether the server has closed and sent nothing more."""
        while self.fill():
            pass
        return not self.buffer

    def close(self):
        self.socket.close()


def ask(port, data):
    wire = Wire(port).send(data)
    answer = wire.response()
    wire.close()
    return answer


def status_of(answer):
    return answer[0] if answer else None
