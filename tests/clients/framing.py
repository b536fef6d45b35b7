# SPDX-License-Identifier: Apache-2.0
"""Framing that two servers in a row might read differently (distributed-design.md 14, RFC 9112): each way is refused with its status, the
connection is closed, and nothing behind it is done. A PutItem is hidden in or behind every dishonest request; at the end its table must be
empty. What looks odd and must be accepted stands in a table of its own.
"""

import json

from clients.wire import LIMITS, Wire, ask, chunked, request, status_of

TABLE = "smuggled"
CHUNKED = "Transfer-Encoding: chunked"


def put(key, **more):
    """A PutItem that must never take effect."""
    return request("PutItem", json.dumps({"TableName": TABLE, "Item": {"pk": {"S": key}}}).encode(), **more)


def by_length(value):
    return request(length=False, headers=[f"Content-Length: {value}"])


def by_coding(value, body=None, version="HTTP/1.1"):
    return request(length=False, headers=[f"Transfer-Encoding: {value}"], body=chunked(LIMITS) if body is None else body, version=version)


def in_chunks(body):
    return by_coding("chunked", body)


def with_line(line):
    """A request with this between its headers, as it is."""
    return request().replace(b"X-Amz-Date", line + b"\r\nX-Amz-Date", 1)


def with_start(line):
    return request().replace(b"POST / HTTP/1.1", line, 1)


LENGTHS = ["+2", "-2", "0x2", "1 2", "two", "", "2;", "2,", "2, 2", "2, 0", "2,2", "2.0", "2e0", "\"2\"", "\u0662", "2\x0b", "\x0c2", "1_0"]
LENGTHS_TOO_LARGE = [str((16 << 20) + 1), "4294967298", "9223372036854775810", "18446744073709551618", "9" * 40]
CODINGS = ["xchunked", "chunked, identity", "identity, chunked", "gzip, chunked", "chunked, chunked", "identity", "", "\"chunked\"", "chunked;q=1",
           "chunked,", ", chunked", "\x0bchunked", "chunked\x0c", "chu nked", "deflate", "chunked chunked"]
LINES = [
    b"Content-Length : 2", b"Content-Length\t: 2", b" X-A: b", b"\tX-A: b", b"X-A: a\r\n Transfer-Encoding: chunked", b"X-A: a\r\n\tb",
    b"X-A: a\rb", b"X-A: a\r\r", b"X-\rA: a", b"X-A: a\nX-B: b", b"X-A: a\n", b"X-A: a\0b", b"X-A: \x01", b"X-A: \x7f", b"X-A: \x0b", b"X-A: \x1b[0m",
    b"X\0A: a", b"X-\x80: a", b"X-\xff: a", b"NoColon", b": x", b" : x", b"X A: x", b"X(A): x", b"X@A: x", b"X[A]: x", b"\"X\": x", b"{X}: x",
    b"X,A: x", b"X;A: x", b"X=A: x", b"X?A: x", b"X/A: x", b"X\\A: x", b"\x00",
]
STARTS = [
    b"POST /", b"POST", b"", b" POST / HTTP/1.1", b"POST  / HTTP/1.1", b"POST /  HTTP/1.1", b"POST\t/ HTTP/1.1", b"POST /\tHTTP/1.1", b"POST / HTTP/1.1 ",
    b"POST / HTTP/1.1\t", b"POST / http/1.1", b"POST / HTTP/2.0", b"POST / HTTP/1.2", b"POST / HTTP/1.10", b"POST / HTTP/01.1", b"POST / HTTP/1.",
    b"POST / HTTP/1", b"POST / HTTP/0.9", b"POST / HTTP 1.1", b"POST / HTTPS/1.1", b"POST / HTTP/1.1\0", b"P(OST / HTTP/1.1", b"P\0ST / HTTP/1.1",
    b"POST\xa0/ HTTP/1.1", b"POST /\xe9 HTTP/1.1", b"POST /a b HTTP/1.1", b"POST /\x01 HTTP/1.1", b"POST /\x7f HTTP/1.1", b"POST /\0 HTTP/1.1",
    b"POST / HTTP/1.1\r", b"PRI * HTTP/2.0", b"M" * 40 + b" / HTTP/1.1", b"POST http://other/ HTTP/1.1", b"POST https://localhost.other/ HTTP/1.1",
    b"POST http://user@localhost/ HTTP/1.1", b"POST http:/// HTTP/1.1", b"POST http://localhost:1/ HTTP/1.1", b"POST / HTTP/1.1\n", b"\x16\x03\x01\x02\x00\x01",
]
CHUNK_BODIES = [
    ("no number", b"zz\r\n{}\r\n0\r\n\r\n"), ("nothing", b"\r\n{}\r\n0\r\n\r\n"), ("an extension alone", b";a=b\r\n{}\r\n0\r\n\r\n"),
    ("an overflow", b"ffffffffffffffff1\r\n{}\r\n0\r\n\r\n"), ("2 to the 64 and 2", b"10000000000000002\r\n{}\r\n0\r\n\r\n"),
    ("many zeros", b"0000000000000002\r\n{}\r\n0\r\n\r\n"), ("a minus", b"-2\r\n{}\r\n0\r\n\r\n"), ("a plus", b"+2\r\n{}\r\n0\r\n\r\n"),
    ("0x", b"0x2\r\n{}\r\n0\r\n\r\n"), ("a blank before", b" 2\r\n{}\r\n0\r\n\r\n"), ("a blank behind", b"2 \r\n{}\r\n0\r\n\r\n"),
    ("a tab behind", b"2\t\r\n{}\r\n0\r\n\r\n"), ("a bare line feed", b"2\n{}\r\n0\r\n\r\n"), ("two carriage returns", b"2\r\r\n{}\r\n0\r\n\r\n"),
    ("a carriage return alone", b"2\r{}\r\n0\r\n\r\n"), ("a NUL", b"2\0\r\n{}\r\n0\r\n\r\n"), ("a comma", b"2,\r\n{}\r\n0\r\n\r\n"),
    ("a long extension", b"2;" + b"x" * 300 + b"\r\n{}\r\n0\r\n\r\n"), ("a NUL in an extension", b"2;a\0\r\n{}\r\n0\r\n\r\n"),
    ("a line feed in an extension", b"2;a\n{}\r\n0\r\n\r\n"), ("a carriage return in an extension", b"2;a\rb\r\n{}\r\n0\r\n\r\n"),
    ("nothing behind the data", b"2\r\n{}0\r\n\r\n"), ("a bare line feed behind the data", b"2\r\n{}\n0\r\n\r\n"),
    ("a carriage return behind the data", b"2\r\n{}\r0\r\n\r\n"), ("data longer than its size", b"1\r\n{}\r\n0\r\n\r\n"),
    ("data shorter than its size", b"3\r\n{}\r\n0\r\n\r\n"), ("a last chunk ended by a line feed", b"2\r\n{}\r\n0\n\r\n"),
    ("an end by a line feed", b"2\r\n{}\r\n0\r\n\n"), ("rubbish behind the last chunk", b"2\r\n{}\r\n0\r\nxx\r\n\r\n"),
    ("a trailer with a blank before its colon", b"2\r\n{}\r\n0\r\nA : b\r\n\r\n"), ("a folded trailer", b"2\r\n{}\r\n0\r\nA: b\r\n c\r\n\r\n"),
    ("a trailer with a NUL", b"2\r\n{}\r\n0\r\nA: \0\r\n\r\n"), ("a trailer with a bare line feed", b"2\r\n{}\r\n0\r\nA: b\nB: c\r\n\r\n"),
    ("a trailer without a name", b"2\r\n{}\r\n0\r\n: b\r\n\r\n"), ("long trailers", b"2\r\n{}\r\n0\r\nA: " + b"x" * 5000 + b"\r\n\r\n"),
    ("many trailers", b"2\r\n{}\r\n0\r\n" + b"A: b\r\n" * 70 + b"\r\n"),
]


def refused():
    """(what, bytes, status): the status None where no answer is due."""
    yield from ((f"Content-Length {value!r}", by_length(value), 400) for value in LENGTHS)
    yield from ((f"Content-Length {value!r}", by_length(value), 413) for value in LENGTHS_TOO_LARGE)
    yield from ((f"Transfer-Encoding {value!r}", by_coding(value), 400) for value in CODINGS)
    yield from ((f"the line {line!r}", with_line(line), 400) for line in LINES)
    yield from ((f"the start {start!r}", with_start(start), 400) for start in STARTS)
    yield from ((f"a chunk: {what}", in_chunks(body), 400) for what, body in CHUNK_BODIES)
    yield "a chunk of 17 MB", in_chunks(b"1100000\r\n"), 413
    yield "Content-Length before Transfer-Encoding", request(body=b"0\r\n\r\n" + put("inside"), headers=[CHUNKED]), 400
    yield "Transfer-Encoding before Content-Length", request(body=b"0\r\n\r\n", length=False, headers=[CHUNKED, "Content-Length: 5"]), 400
    yield "two Content-Lengths", request(headers=["Content-Length: 0"]), 400
    yield "two Content-Lengths, one odd", request(headers=["Content-Length: 2, 2"]), 400
    yield "two Transfer-Encodings", request(length=False, headers=[CHUNKED, CHUNKED], body=chunked(LIMITS)), 400
    yield "two Transfer-Encodings, one other", request(length=False, headers=[CHUNKED, "Transfer-Encoding: identity"], body=chunked(LIMITS)), 400
    yield "Transfer-Encoding in HTTP/1.0", by_coding("chunked", version="HTTP/1.0"), 400
    yield "no Host", request().replace(b"Host: localhost\r\n", b""), 400
    yield "two Hosts", request(headers=["Host: other"]), 400
    yield "the Host twice", request(headers=["Host: localhost"]), 400
    yield "a head without carriage returns", request().replace(b"\r\n", b"\n"), 400
    yield "a head of 17 KB", request(headers=["X-Long: " + "x" * 17000]), 400
    yield "a path of 17 KB", request(path="/" + "x" * 17000), 400
    yield "65 headers", request(headers=[f"X-{n}: 1" for n in range(59)]), 400
    yield "a thousand headers", request(headers=[f"X-{n}: 1" for n in range(1000)]), 400
    yield "a body that no length told of", request(length=False, body=b"") + LIMITS + b"\r\n\r\n", (200, 400)


def accepted():
    """(what, bytes, status): odd, and clear all the same."""
    yield from ((f"Transfer-Encoding {value!r}", by_coding(value), 200) for value in ("chunked", "CHUNKED", "Chunked", "\tchunked ", ""
                                                                                      "chunked\t"))
    yield from ((f"Content-Length {value!r}", by_length(value), 200) for value in ("2", "02", "00000000000000000000000002", " 2\t"))
    yield from ((f"the line {line!r}", with_line(line), 200) for line in (
        b"X-A:", b"X-A: ", b"X-A:\tb\t", b"X-A:b", b"X-A: \xe9\xff", b"X-A: a\tb", b"!#$%&'*+-.^_`|~: x", b"content-LENGTH: 2", b"X-A: \"a, b\"; c"))
    yield from ((f"the start {start!r}", with_start(start), 200) for start in (
        b"POST http://localhost/ HTTP/1.1", b"POST HTTP://LOCALHOST HTTP/1.1", b"POST /?a=b HTTP/1.1", b"POST / HTTP/1.0", b"\r\nPOST / HTTP/1.1"))
    yield from ((f"chunks {body!r}", in_chunks(body), 200) for body in (
        b"2\r\n{}\r\n0\r\n\r\n", b"02\r\n{}\r\n00\r\n\r\n", b"000000000000002\r\n{}\r\n0\r\n\r\n", b"2;a\r\n{}\r\n0;b=\"c\"\r\n\r\n",
        b"2;a=\t;;\r\n{}\r\n0\r\n\r\n", b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", b"2\r\n{}\r\n0\r\nA: b\r\nContent-Length: 7\r\nTransfer-Encoding: gzip\r\n\r\n"))
    yield "64 headers", request(headers=[f"X-{n}: 1" for n in range(58)]), 200
    yield "a method of another kind", request(method="post"), 404
    yield "the form of CONNECT", with_start(b"CONNECT localhost:80 HTTP/1.1"), 404


def never_served(port, tally, what, data, status):
    """Refused with the status, closed, and what is behind it is not answered."""
    wire = Wire(port).send(data + put(what[:1000]))
    answer = wire.response()
    good = answer is not None and answer[0] in (status if isinstance(status, tuple) else (status,))
    tally.check(good, f"{what} is refused with {status}", answer)
    if not isinstance(status, tuple):
        more = wire.response()
        tally.check(more is None, f"nothing behind {what} is served", more)
        tally.check(wire.ended(), f"and the connection is closed behind {what}")
    wire.close()


def served(port, tally, what, data, status):
    """Answered, and the connection goes on."""
    wire = Wire(port).send(data + request())
    first, second = status_of(wire.response()), status_of(wire.response())
    wire.close()
    closes = b"HTTP/1.0" in data
    tally.equal((first, second), (status, None if closes else 200), f"{what} is accepted")


def bodies_of_other_requests(port, tally):
    """What is the body of one request is never another one, and nothing follows a request that closes."""
    for method, status in (("GET", 200), ("HEAD", 404), ("OPTIONS", 404), ("PUT", 404), ("DELETE", 404)):
        data = request(body=put(f"in {method}"), method=method)
        wire = Wire(port).send(data + request())
        answer = wire.response() if method != "HEAD" else None
        if answer:
            tally.equal(status_of(answer), status, f"{method} with a body")
            tally.equal(status_of(wire.response()), 200, f"a request behind the body of {method}")
        wire.close()
    wire = Wire(port).send(request(headers=["Connection: close"]) + put("behind Connection: close"))
    tally.equal(status_of(wire.response()), 200, "Connection: close is answered")
    tally.check(wire.response() is None, "and nothing behind it")
    wire.close()
    wire = Wire(port).send(put("half a body")[:-3])
    wire.close()
    wire = Wire(port).send(put("half a head")[:60])
    wire.close()
    answer = ask(port, request(length=False, headers=["Transfer-Encoding: chunked"], body=b"1\r\n{\r\n"))
    tally.check(answer is None or answer[0] in (400, 408), "chunks without an end", answer)


def run(port, tally):
    created = ask(port, request("CreateTable", json.dumps({
        "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}).encode()))
    tally.equal(status_of(created), 200, "the table of what must not happen")
    while b"ACTIVE" not in ask(port, request("DescribeTable", json.dumps({"TableName": TABLE}).encode()))[2]:
        pass
    for case in refused():
        never_served(port, tally, *case)
    for case in accepted():
        served(port, tally, *case)
    bodies_of_other_requests(port, tally)
    answer = ask(port, request("Scan", json.dumps({"TableName": TABLE, "ConsistentRead": True}).encode()))
    items = json.loads(answer[2])["Items"] if answer else None
    tally.equal(items, [], "no hidden request took effect")
    tally.equal(status_of(ask(port, put("an honest one"))), 200, "a PutItem by itself does")
