# SPDX-License-Identifier: Apache-2.0
"""JSON through the server, by the classes of RFC 8259: what a reader must accept, what it must refuse, and where it has the choice. Each text
stands in turn wherever JSON occurs in a request: as the whole body, as a member nobody knows, as an attribute of an item, as a name. What
is refused is a SerializationException without a message (data-plane.md 0.5), whatever else is wrong with the request, and changes nothing.

The parser by itself is held against the grammar, exhaustively for short texts, in tests/unit/json/test_classes.c.
"""

import json

from clients.wire import Wire, request

NOT_JSON = b'{"__type":"com.amazon.coral.service#SerializationException"}'

STRINGS = [
    b'""', b'"a"', b'" "', b'"\x7f"', b'"/"', b'"\\/"', b'"\\"\\\\\\/\\b\\f\\n\\r\\t"', b'"\\u0000"', b'"\\u001F"', b'"\\u00e9"', b'"\\uD834\\uDD1E"',
    b'"\\uFFFF"', b'"\\uFFFE"', b'"\\ufdd0"', b'"\\uDBFF\\uDFFF"', b'"\\u2028\\u2029"', "\"\u0080\"".encode(), "\"\u07ff\"".encode(), "\"\u0800\"".encode(),
    "\"\ud7ff\"".encode(), "\"\ue000\"".encode(), "\"\uffff\"".encode(), "\"\ufeff\"".encode(), "\"\U00010000\"".encode(), "\"\U0010ffff\"".encode(), b'"' + b"x" * 70000 + b'"',
]
NUMBERS = [b"0", b"-0", b"1", b"-1", b"10", b"0.0", b"-0.5", b"1.50", b"1e5", b"1E5", b"1e+5", b"1e-5", b"-1.5E-10", b"0e0", b"0E+1", b"1e00005", b"9" * 400,
           b"0." + b"1" * 400, b"1e400", b"1e999999999999", b"-1e-999999999999", b"123.456e78"]
OTHERS = [b"true", b"false", b"null", b"[]", b"{}", b"[1]", b"[1,2]", b"[[]]", b"[{}]", b'{"a":1}', b'{"a":1,"b":[2,{"c":null}]}', b'{"":0}',
          b'{"a":1,"a":2}', b'{"\\u0061":1}', b" [ 1 , 2 ] ", b"\t{\n\"a\"\r:\t1 }\n", b"[" * 500 + b"]" * 500, b'{"a":' * 500 + b"1" + b"}" * 500]
GOOD = STRINGS + NUMBERS + OTHERS

BAD = [
    # nothing, or too much
    b",", b":", b"1 2", b"1,", b"\"a\" \"b\"", b"[1] x", b"{}}", b"[]]", b"{} {}", b"[1],", b"/**/1", b"1//", b"# 1", b"'a'", b"`a`",
    # open ends
    b"[", b"{", b"[1", b"[1,", b'{"a"', b'{"a":', b'{"a":1', b'{"a":1,', b'"', b'"a', b'"\\', b'"\\u', b'"\\u00', b'"\\"', b"]", b"}", b"[}", b"{]", b"[1}", b'{"a":1]',
    # commas and colons
    b"[,]", b"[1,]", b"[,1]", b"[1,,2]", b"[1 2]", b"[1;2]", b'{,}', b'{"a":1,}', b'{,"a":1}', b'{"a":1,,"b":2}', b'{"a" 1}', b'{"a"::1}', b'{"a"=1}',
    b'{"a"}', b'{"a",1}', b'{:1}', b"{1:1}", b"{a:1}", b"{'a':1}", b"{null:1}", b'{["a"]:1}', b'{"a":1 "b":2}', b'["a":1]',
    # literals
    b"True", b"TRUE", b"tru", b"truee", b"fals", b"nul", b"nil", b"None", b"undefined", b"NaN", b"Infinity", b"-Infinity", b"nan", b"inf", b"t", b"n",
    # numbers
    b"+1", b"01", b"-01", b"00", b"0123", b".5", b"-.5", b"1.", b"-1.", b"1.e5", b"1e", b"1e+", b"1e-", b"1e1.5", b"1e1e1", b"-", b"--1", b"-+1", b"- 1", b"1 .5", b"0x1",
    b"0b1", b"0o7", b"1_000", b"1.2.3", b"1f", b"1L", b"-a", b"e5", "\uff11".encode(), "\u0661".encode(), b"1\x00",
    # strings
    *(b'"' + bytes([c]) + b'"' for c in range(0x20)), b'"\\a"', b'"\\v"', b'"\\0"', b'"\\x41"', b'"\\U0041"', b'"\\u004"', b'"\\u004g"', b'"\\u 041"', b'"\\u+041"',
    b'"\\\'"', b'"\\ "', b'"\\\n"', b'"\\', b'"\\\xc3\xa9"', b'"a"b"',
    # not UTF-8
    b'"\x80"', b'"\xbf"', b'"\xc3"', b'"\xc3("', b'"\xe2\x82"', b'"\xf0\x9f\x98"', b'"\xc0\xaf"', b'"\xc1\xbf"', b'"\xe0\x80\xaf"', b'"\xe0\x9f\xbf"',
    b'"\xf0\x80\x80\xaf"', b'"\xf0\x8f\xbf\xbf"', b'"\xed\xa0\x80"', b'"\xed\xbf\xbf"', b'"\xed\xa0\xbd\xed\xb8\x80"', b'"\xf4\x90\x80\x80"', b'"\xf5\x80\x80\x80"',
    b'"\xf8\x88\x80\x80\x80"', b'"\xfc\x84\x80\x80\x80\x80"', b'"\xfe"', b'"\xff"', b"\xff", b"\xc3\xa9",
    # other blanks
    b"\x0b1", b"\x0c1", b"\x001", "\u00a01".encode(), "\u20281".encode(), "\u30001".encode(), b"[\x0b]", b"[1\x0c]", b"{\x00}",
]
# The grammar lets a reader choose; these are ours: lone surrogates cannot be stored as text, and the bound of nesting is JSON_DEPTH_MAX.
OURS_BAD = [b'"\\ud800"', b'"\\udc00"', b'"\\ud800\\ud800"', b'"\\udc00\\ud800"', b'"\\ud800a"', b'"\\ud800\\n"', b'"\\uD83D\\u0041"', b"[" * 2100 + b"]" * 2100,
            b"\xef\xbb\xbf1"]
# Whole bodies that are no JSON, or JSON that is no request.
BODIES_BAD = [b" ", b"\n", b"\x00", b"\xef\xbb\xbf{}", b"\xff\xfe{\x00}\x00", b"\xfe\xff\x00{\x00}", b"{\x00}\x00", b"\x00{\x00}", b"{}x", b"{}{}", b"{},", b"x{}", b"{}\x00",
              b"[", b"{", b'{"a"', b"[]", b"[{}]", b'"a"', b"1", b"null", b"true"]


class Client:
    """One connection for as long as it lasts."""

    def __init__(self, port):
        self.port, self.wire = port, None

    def ask(self, operation, body):
        for _ in range(2):
            self.wire = self.wire or Wire(self.port)
            answer = self.wire.send(request(operation, body)).response()
            if answer:
                return answer
            self.wire.close()
            self.wire = None
        return 0, {}, b""


def places(text):
    """The requests in which a text stands for a value."""
    yield "a member nobody knows", "ListTables", b'{"Unknown":' + text + b"}"
    yield "an element nobody knows", "ListTables", b'{"Unknown":[1,{"x":' + text + b'},"y"],"Limit":5}'
    yield "an attribute", "PutItem", b'{"TableName":"classes","Item":{"pk":{"S":"x"},"a":{"S":' + text + b"}}}"
    yield "an element of a list", "PutItem", b'{"TableName":"classes","Item":{"pk":{"S":"x"},"a":{"L":[{"S":"y"},' + text + b"]}}}"
    yield "a number", "ListTables", b'{"Limit":' + text + b"}"


def good_ones(client, tally):
    for text in GOOD:
        shown = text[:40]
        status, _, body = client.ask("ListTables", b'{"Unknown":' + text + b"}")
        tally.check(status == 200, f"{shown!r} is passed over", (status, body))
        for what, operation, asked in places(text):
            status, _, body = client.ask(operation, asked)
            tally.check(status in (200, 400) and body != NOT_JSON, f"{shown!r} as {what} is JSON", (status, body))
    for text in STRINGS[:-1]:
        item = b'{"TableName":"classes","Item":{"pk":{"S":"s"},"a":{"S":' + text + b'},"m":{"M":{' + text + b':{"S":' + text + b"}}}}}"
        named = json.loads(text) != ""
        status, _, body = client.ask("PutItem", item)
        if not tally.check(status == (200 if named else 400), f"{text!r} is stored", (status, body)) or not named:
            continue
        status, _, body = client.ask("GetItem", b'{"TableName":"classes","Key":{"pk":{"S":"s"}}}')
        stored = json.loads(body)["Item"]
        right = json.loads(text)
        tally.check(stored["a"] == {"S": right} and stored["m"] == {"M": {right: {"S": right}}}, f"{text!r} comes back", body)


def bad_ones(client, tally):
    for text in BAD + OURS_BAD:
        for what, operation, asked in places(text):
            status, _, body = client.ask(operation, asked)
            tally.check((status, body) == (400, NOT_JSON), f"{text[:40]!r} as {what} is refused", (status, body))
        status, _, body = client.ask("ListTables", text)
        tally.check(status == 400 and b"SerializationException" in body, f"{text[:40]!r} as a body is refused", (status, body))
    for text in BODIES_BAD:
        status, _, body = client.ask("ListTables", text)
        tally.check(status == 400 and b"SerializationException" in body, f"the body {text!r} is refused", (status, body))


def run(port, tally):
    client = Client(port)
    client.ask("CreateTable", json.dumps({
        "TableName": "classes", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}).encode())
    while b"ACTIVE" not in client.ask("DescribeTable", b'{"TableName":"classes"}')[2]:
        pass
    good_ones(client, tally)
    bad_ones(client, tally)
    status, _, body = client.ask("GetItem", b'{"TableName":"classes","Key":{"pk":{"S":"x"}}}')
    stored = json.loads(body).get("Item", {})
    tally.check(status == 200 and stored.get("pk") == {"S": "x"} and isinstance(stored["a"].get("S", stored["a"].get("L")), (str, list)),
                "what was refused changed nothing", stored)
