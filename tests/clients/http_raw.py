# SPDX-License-Identifier: Apache-2.0
"""HTTP as bytes on a socket: framing that is honest, compression, limits, many connections; and framing.py, which is dishonest.

    http_raw.py PORT
"""

import gzip
import json
import os
import sys
import threading
import zlib

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from clients import framing, json_classes
from clients.wire import LIMITS, Wire, ask, chunked, request, status_of
from lib.tally import Tally

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
    for part in (honest_framing, expect_continue, order_of_replies, framing.run, json_classes.run, bodies_and_limits,
                 compressed_requests, compressed_replies, many_connections):
        part(port, tally)
    tally.equal(status_of(ask(port, request())), 200, "the server still answers")
    tally.finish()


if __name__ == "__main__":
    main()
