# SPDX-License-Identifier: Apache-2.0
"""HTTP as bytes on a socket: framing that is honest, framing that is not, compression, CORS, connections that dawdle.

    http_raw.py PORT

Whatever two readers could frame differently (request smuggling) must be refused, and the connection closed behind it.
"""

import gzip
import json
import os
import socket
import sys
import threading
import zlib

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib.client import AUTHORIZATION, CONTENT_TYPE, DATE, TARGET
from lib.tally import Tally

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


def honest_framing(port, tally):
    tally.equal(status_of(ask(port, request())), 200, "a plain request")
    tally.equal(status_of(ask(port, request(length=False, headers=["Transfer-Encoding: chunked"], body=chunked(b"{", b"}")))),
                200, "a chunked body")
    tally.equal(status_of(ask(port, request(length=False, headers=["Transfer-Encoding: chunked"],
                                            body=b"1;name=value\r\n{\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n"))),
                200, "chunk extensions and trailers are skipped")
    tally.equal(status_of(ask(port, b"\r\n" + request())), 200, "an empty line before the request line")

    wire = Wire(port).send(request() * 5)
    tally.equal([status_of(wire.response()) for _ in range(5)], [200] * 5, "five requests in one write")
    wire.send(request("NoSuch"))
    tally.equal(status_of(wire.response()), 400, "an error answers")
    wire.send(request())
    tally.equal(status_of(wire.response()), 200, "and leaves the connection usable")
    wire.close()

    wire = Wire(port)
    for byte in request():
        wire.send(bytes([byte]))
    tally.equal(status_of(wire.response()), 200, "a request byte by byte")
    wire.close()

    wire = Wire(port).send(request(headers=["Connection: close"]))
    tally.equal(status_of(wire.response()), 200, "Connection: close is answered")
    tally.check(wire.ended(), "and then closed")

    wire = Wire(port).send(request(version="HTTP/1.0"))
    answer = wire.response()
    tally.check(answer is None or answer[0] in (200, 400, 505), "HTTP/1.0 is answered or refused", answer)
    wire.close()


def expect_continue(port, tally):
    body = LIMITS
    head = request(body=body, headers=["Expect: 100-continue"])[:-len(body)]
    wire = Wire(port).send(head)
    tally.equal(status_of(wire.response()), 100, "100 Continue comes before the body is sent")
    wire.send(body)
    tally.equal(status_of(wire.response()), 200, "and the answer after it")
    wire.close()
    tally.check(status_of(ask(port, request(headers=["Expect: something-else"]))) in (200, 417), "another expectation")


def order_of_replies(port, tally):
    """Pipelined requests of different cost are answered in their order."""
    bodies = [b"{}", b'{"TableName":"nope"}'] * 20
    wire = Wire(port).send(b"".join(request("DescribeLimits" if b == b"{}" else "DescribeTable", b) for b in bodies))
    answers = [status_of(wire.response()) for _ in bodies]
    wire.close()
    tally.equal(answers, [200, 400] * 20, "replies keep the order of the requests")


SMUGGLED = request("DescribeLimits", headers=["X-Smuggled: 1"])
DISHONEST = [
    ("both Content-Length and Transfer-Encoding",
     request(body=b"0\r\n\r\n" + SMUGGLED, headers=["Transfer-Encoding: chunked"])),
    ("two different Content-Lengths", request(headers=["Content-Length: 0"])),
    ("a list of Content-Lengths", request(length=False, headers=["Content-Length: 2, 0"])),
    ("a signed Content-Length", request(length=False, headers=["Content-Length: +2"])),
    ("a negative Content-Length", request(length=False, headers=["Content-Length: -2"])),
    ("a hexadecimal Content-Length", request(length=False, headers=["Content-Length: 0x2"])),
    ("a Content-Length with a blank inside", request(length=False, headers=["Content-Length: 1 2"])),
    ("a Content-Length of letters", request(length=False, headers=["Content-Length: two"])),
    ("a huge Content-Length", request(length=False, headers=["Content-Length: 99999999999999999999999"])),
    ("an unknown transfer coding", request(length=False, headers=["Transfer-Encoding: xchunked"], body=chunked(b"{}"))),
    ("two transfer codings", request(length=False, headers=["Transfer-Encoding: chunked, identity"], body=chunked(b"{}"))),
    ("two Transfer-Encoding headers",
     request(length=False, headers=["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], body=chunked(b"{}"))),
    ("a blank before the colon", request(length=False, headers=["Transfer-Encoding : chunked"], body=chunked(b"{}"))),
    ("a folded header", request(length=False, headers=["X-Fold: a\r\n Transfer-Encoding: chunked", "Content-Length: 2"])),
    ("a bare line feed in the head", request().replace(b"\r\nX-Amz-Date", b"\nX-Amz-Date")),
    ("a carriage return inside a header", request(headers=["X-Odd: a\rb"])),
    ("a NUL inside a header", request(headers=["X-Odd: a\0b"])),
    ("a header without a colon", request(headers=["NoColon"])),
    ("a header with an empty name", request(headers=[": x"])),
    ("a header name with a blank", request(headers=["X Odd: x"])),
    ("a chunk size that is no number", request(length=False, headers=["Transfer-Encoding: chunked"], body=b"zz\r\n{}\r\n0\r\n\r\n")),
    ("a chunk size that overflows",
     request(length=False, headers=["Transfer-Encoding: chunked"], body=b"ffffffffffffffff1\r\n{}\r\n0\r\n\r\n")),
    ("a negative chunk size", request(length=False, headers=["Transfer-Encoding: chunked"], body=b"-2\r\n{}\r\n0\r\n\r\n")),
    ("a chunk longer than its size", request(length=False, headers=["Transfer-Encoding: chunked"], body=b"1\r\n{}\r\n0\r\n\r\n")),
    ("a chunk ended by a bare line feed", request(length=False, headers=["Transfer-Encoding: chunked"], body=b"2\n{}\n0\n\n")),
    ("no Host", request().replace(b"Host: localhost\r\n", b"")),
    ("two Hosts", request(headers=["Host: other"])),
    ("a request line without a version", request().replace(b"POST / HTTP/1.1", b"POST /", 1)),
    ("a version of the future", request(version="HTTP/2.0")),
    ("a request line of rubbish", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
    ("a head of 17 KB", request(headers=["X-Long: " + "x" * 17000])),
    ("a path of 17 KB", request(path="/" + "x" * 17000)),
    ("a thousand headers", request(headers=[f"X-{n}: 1" for n in range(1000)])),
]


def dishonest_framing(port, tally):
    for what, data in DISHONEST:
        wire = Wire(port).send(data + SMUGGLED)
        answer = wire.response()
        good = answer is None or 400 <= answer[0] <= 505
        more = wire.response() if good else None
        tally.check(good, f"{what} is refused", answer)
        tally.check(more is None, f"nothing behind {what} is served", more)
        wire.close()


def bodies_and_limits(port, tally):
    tally.equal(status_of(ask(port, request(length=False, headers=[f"Content-Length: {(16 << 20) + 1}"], body=b""))), 413,
                "a body of more than 16 MiB is refused before it comes")
    answer = ask(port, request("GetItem", json.dumps({"TableName": "nope", "Key": {}, "pad": "x" * (1 << 20)}).encode()))
    tally.equal(status_of(answer), 400, "a body of a megabyte is read")
    wire = Wire(port).send(request(length=False, headers=["Content-Length: 100"], body=b"{"))
    wire.close()
    tally.equal(status_of(ask(port, request())), 200, "a body that breaks off harms nobody")


def compressed_requests(port, tally):
    good = json.dumps({"TableName": "no-such-table", "Key": {"pk": {"S": "x" * 1000}}}).encode()
    zipped = gzip.compress(good)
    missing = lambda answer: answer and b"ResourceNotFoundException" in answer[2]
    for what, coding, body in (("gzip", "gzip", zipped), ("gzip in two members", "gzip", gzip.compress(good[:50]) + gzip.compress(good[50:])),
                               ("zlib", "deflate", zlib.compress(good)), ("stored gzip", "gzip", gzip.compress(good, 0))):
        answer = ask(port, request("GetItem", body, headers=[f"Content-Encoding: {coding}"]))
        tally.check(missing(answer), f"a {what} body", answer)
    for what, coding, body in (("truncated gzip", "gzip", zipped[:-9]), ("corrupt gzip", "gzip", zipped[:30] + b"\xff" * 9 + zipped[39:]),
                               ("gzip that is none", "gzip", good), ("an unknown coding", "br", good),
                               ("trailing rubbish", "gzip", zipped + b"rubbish!")):
        answer = ask(port, request("GetItem", body, headers=[f"Content-Encoding: {coding}"]))
        tally.check(answer and answer[0] in (400, 415, 500), f"{what} is refused", answer)
    bomb = gzip.compress(b"{" + b" " * (64 << 20) + b"}")
    answer = ask(port, request("GetItem", bomb, headers=["Content-Encoding: gzip"]))
    tally.check(answer and answer[0] in (400, 413, 500), "64 MB packed into a few KB are refused", answer)


def compressed_replies(port, tally):
    """Replies of 4,096 bytes and more are compressed for those who ask."""
    long_name = {"TableName": "t" * 255, "Key": {"pk": {"N": "x" * 5000}}}
    body = json.dumps(long_name).encode()
    plain = ask(port, request("GetItem", body))
    tally.check(plain and "content-encoding" not in plain[1], "no compression unless asked", plain and plain[1])
    for accept, coding in (("gzip", "gzip"), ("deflate", "deflate"), ("gzip, deflate", "gzip"), ("deflate, gzip", "deflate"),
                           ("*", "gzip"), ("br, gzip;q=0.5", "gzip"), ("br", None), ("identity", None), ("x-gzip", None)):
        answer = ask(port, request("GetItem", body, headers=[f"Accept-Encoding: {accept}"]))
        if not tally.equal(answer and answer[1].get("content-encoding"), coding, f"Accept-Encoding: {accept}"):
            continue
        unpack = {"gzip": gzip.decompress, "deflate": zlib.decompress, None: bytes}[coding]
        tally.equal(unpack(answer[2]), plain[2], f"the same document under {accept}")
    answer = ask(port, request("DescribeLimits", headers=["Accept-Encoding: gzip"]))
    tally.check(answer and "content-encoding" not in answer[1], "a short reply is not compressed", answer and answer[1])


def many_connections(port, tally):
    """Five hundred idle connections, and one that works among them."""
    idle = [Wire(port) for _ in range(500)]
    tally.equal(status_of(ask(port, request())), 200, "a request among 500 idle connections")
    slow = idle[250].send(request()[:40])
    tally.equal(status_of(ask(port, request())), 200, "and beside one that has sent half a head")
    slow.send(request()[40:])
    tally.equal(status_of(slow.response()), 200, "which is answered when it is whole")
    for wire in idle:
        wire.close()
    failures = []

    def hammer():
        for _ in range(50):
            if status_of(ask(port, request())) != 200:
                failures.append(1)
    threads = [threading.Thread(target=hammer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.equal(len(failures), 0, "four hundred connections of one request each")


def main():
    tally = Tally()
    port = int(sys.argv[1])
    for part in (honest_framing, expect_continue, order_of_replies, dishonest_framing, bodies_and_limits,
                 compressed_requests, compressed_replies, many_connections):
        part(port, tally)
    tally.equal(status_of(ask(port, request())), 200, "the server still answers")
    tally.finish()


if __name__ == "__main__":
    main()
