# SPDX-License-Identifier: Apache-2.0
"""A plain client of the DynamoDB wire protocol, with no opinion about what it sends.

The official SDKs refuse to send most malformed requests, so the tests of exact behaviour speak HTTP themselves. The
credentials are made up: on a loopback address the server accepts any that are well formed.
"""

import http.client
import json
import zlib

TARGET = "DynamoDB_20120810."
STREAMS_TARGET = "DynamoDBStreams_20120810."
STREAMS_OPERATIONS = {"ListStreams", "DescribeStream", "GetShardIterator", "GetRecords"}
CONTENT_TYPE = "application/x-amz-json-1.0"
AUTHORIZATION = ("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/dynamodb/aws4_request, "
                 "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" + "0" * 64)
DATE = "20260101T000000Z"


class Reply:
    """Status, headers (lower-case names) and body of one answer."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body) if self.body else None

    @property
    def error(self):
        """The error's short name, or None."""
        kind = (self.json or {}).get("__type") if self.status >= 400 and self.body else None
        return kind.split("#")[-1] if kind else None

    @property
    def message(self):
        document = self.json or {}
        return document.get("message", document.get("Message"))

    def header_fault(self):
        """What is wrong with the headers that every answer of the API carries, or None."""
        if not self.body:
            return None
        if self.headers.get("x-amz-crc32") != str(zlib.crc32(self.body)):
            return f"x-amz-crc32 is {self.headers.get('x-amz-crc32')}, the body's is {zlib.crc32(self.body)}"
        request_id = self.headers.get("x-amzn-requestid", "")
        if len(request_id) != 52 or not request_id.isalnum() or request_id != request_id.upper():
            return f"x-amzn-RequestId is {request_id!r}"
        if self.headers.get("content-type") != CONTENT_TYPE:
            return f"Content-Type is {self.headers.get('content-type')!r}"
        return None


class ApiError(Exception):
    def __init__(self, operation, reply):
        super().__init__(f"{operation}: {reply.status} {reply.body[:500]!r}")
        self.reply = reply


class Client:
    """One keep-alive connection; not shared between threads. A broken connection raises and is made anew on the next call."""

    def __init__(self, port, timeout=60):
        self.port, self.timeout = port, timeout
        self.connection = None

    def send(self, method, path, headers, body):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            self.connection.request(method, path, body=body, headers=headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except Exception:
            self.close()
            raise
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)

    def call(self, operation, payload):
        """`payload` is bytes sent as they are, or a value sent as JSON."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        target = (STREAMS_TARGET if operation in STREAMS_OPERATIONS else TARGET) + operation
        return self.send("POST", "/", {"Content-Type": CONTENT_TYPE, "X-Amz-Target": target,
                                       "X-Amz-Date": DATE, "Authorization": AUTHORIZATION}, body)

    def must(self, operation, payload):
        """The reply's document; ApiError if it is not 200."""
        reply = self.call(operation, payload)
        if reply.status != 200:
            raise ApiError(operation, reply)
        return reply.json

    def pages(self, operation, payload):
        """Each page's document of a Query or Scan, to the end."""
        payload = dict(payload)
        while True:
            page = self.must(operation, payload)
            yield page
            if "LastEvaluatedKey" not in page:
                return
            payload["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def items(self, operation, payload):
        return [item for page in self.pages(operation, payload) for item in page["Items"]]

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None
