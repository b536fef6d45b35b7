# SPDX-License-Identifier: Apache-2.0
"""Signatures: with `--auth=sigv4` a right one is let in, and nothing else is.

    sigv4.py PORT           the server must run with --auth=sigv4 and the credentials KEY and SECRET below
"""

import datetime
import json
import os
import random
import sys

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from clients.session import client
from lib.client import CONTENT_TYPE, TARGET, Client
from lib.tally import Tally

KEY, SECRET = "AKIASTATORTESTKEY001", "a-secret/of+forty/characters0123456789ab"
FORGERIES = 3000


def signed(port, body=b"{}", operation="ListTables", key=KEY, secret=SECRET, token=None, region="us-east-1",
           service="dynamodb", headers=None):
    """Headers of a correctly signed request."""
    request = AWSRequest("POST", f"http://127.0.0.1:{port}/", data=body, headers={
        "Host": f"127.0.0.1:{port}", "Content-Type": CONTENT_TYPE, "X-Amz-Target": TARGET + operation, **(headers or {})})
    SigV4Auth(Credentials(key, secret, token), service, region).add_auth(request)
    return dict(request.headers.items())


def code_of(port, headers, body=b"{}"):
    reply = Client(port).send("POST", "/", headers, body)
    return reply.error if reply.status != 200 else "200"


def with_sdk(port, tally):
    endpoint = f"http://127.0.0.1:{port}"
    good = client(endpoint, key=KEY, secret=SECRET)
    tally.check("TableNames" in good.list_tables(), "the SDK with the right credentials")
    arn = client(endpoint, "sts", key=KEY, secret=SECRET).get_caller_identity()["Arn"]
    tally.check(arn.startswith("arn:aws:iam::"), "who am I", arn)
    for what, key, secret, code in (("a wrong secret", KEY, "wrong" * 8, "InvalidSignatureException"),
                                    ("an unknown key", "AKIAUNKNOWNKEY000001", SECRET, "UnrecognizedClientException")):
        try:
            client(endpoint, key=key, secret=secret).list_tables()
            got = "200"
        except ClientError as refused:
            got = refused.response["Error"]["Code"]
        tally.equal(got, code, what)


def by_hand(port, tally):
    tally.equal(code_of(port, signed(port)), "200", "a request signed by hand")
    tally.equal(code_of(port, signed(port, headers={"X-Odd": "a  b ", "X-Amz-Extra": "1"})), "200", "more signed headers")
    tally.equal(code_of(port, signed(port), b'{"Limit":1}'), "InvalidSignatureException", "another body than the one signed")
    altered = signed(port)
    altered["X-Amz-Target"] = TARGET + "DescribeLimits"
    tally.equal(code_of(port, altered), "InvalidSignatureException", "another target than the one signed")
    unsigned = signed(port)
    unsigned["X-Amz-Security-Token"] = "token"
    tally.check(code_of(port, unsigned) != "200", "an x-amz header that is not signed")
    tally.equal(code_of(port, signed(port, token="no-such-token")), "UnrecognizedClientException", "an unknown session token")
    tally.equal(code_of(port, signed(port, service="s3")), "InvalidSignatureException", "the scope of another service")
    bare = {"Content-Type": CONTENT_TYPE, "X-Amz-Target": TARGET + "ListTables"}
    tally.equal(code_of(port, bare), "MissingAuthenticationTokenException", "no credentials")
    tally.equal(code_of(port, {**bare, "Authorization": "Bearer x"}), "MissingAuthenticationTokenException", "a bearer token")
    tally.equal(code_of(port, {**bare, "Authorization": "AWS4-HMAC-SHA256 Credential=x"}), "IncompleteSignatureException", "half a header")


def old_dates(port, tally):
    """A request signed for a time that is not now."""
    import botocore.compat
    real = botocore.compat.get_current_datetime
    import botocore.auth
    for what, minutes, good in (("an hour old", -60, False), ("an hour ahead", 60, False), ("a minute old", -1, True), ("a minute ahead", 1, True)):
        moment = real() + datetime.timedelta(minutes=minutes)
        botocore.auth.get_current_datetime = lambda remove_tzinfo=True, moment=moment: moment
        try:
            headers = signed(port)
        finally:
            botocore.auth.get_current_datetime = real
        got = code_of(port, headers)
        tally.equal(got == "200", good, f"a signature {what} ({got})")


def forgeries(port, tally):
    """A right signature changed at random in one place is never let in."""
    random.seed(1)
    connection, let_in = Client(port), []
    for _ in range(FORGERIES):
        body = json.dumps({"Limit": random.randint(1, 100)}).encode()
        headers = signed(port, body)
        what, body = forge(headers, body)
        try:
            if connection.send("POST", "/", headers, body).status == 200:
                let_in.append(what)
        except OSError:
            connection = Client(port)
    tally.equal(let_in[:5], [], f"{FORGERIES} forgeries are refused")


def forge(headers, body):
    """Changes one thing that the signature covers; returns what, and the body."""
    kind = random.choice(("signature", "body", "date", "target", "signed headers", "scope"))
    authorization = headers["Authorization"]
    if kind == "signature":
        at = random.randrange(1, 65)
        digit = authorization[-at]
        other = random.choice([c for c in "0123456789abcdef" if c != digit])
        headers["Authorization"] = authorization[:len(authorization) - at] + other + authorization[len(authorization) - at + 1:]
    elif kind == "body":
        body += b" "
    elif kind == "date":
        date = headers["X-Amz-Date"]
        headers["X-Amz-Date"] = date[:-2] + ("1" if date[-2] != "1" else "2") + "Z"
    elif kind == "target":
        headers["X-Amz-Target"] = TARGET + "DescribeEndpoints"
    elif kind == "signed headers":
        headers["Authorization"] = authorization.replace("content-type;", "", 1)
    else:
        headers["Authorization"] = authorization.replace("/us-east-1/", "/us-west-2/", 1)
    return kind, body


def main():
    tally = Tally()
    port = int(sys.argv[1])
    for part in (with_sdk, by_hand, old_dates, forgeries):
        part(port, tally)
    tally.finish()


if __name__ == "__main__":
    main()
