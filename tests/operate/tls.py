#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""TLS as clients and operators see it: a real server, Python's ssl, the AWS CLI; certificates by `stator cert`.

What must hold: what cannot be started is told in a sentence; protocols below 1.2 and other ALPN names are refused; every
reply is whole, however it is cut; sessions are resumed, also past a new certificate; a certificate that changes is taken
without a connection noticing; who has no certificate where one is asked, or speaks HTTP in the clear, does not come in.
"""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import warnings

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib.client import AUTHORIZATION, CONTENT_TYPE, DATE
from lib.server import PROGRAM, Server, free_port
from lib.tally import Tally

TABLE = {"TableName": "table", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
         "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"}]}
PATIENCE_S = 30


class Lab:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="stator-tls-")
        self.pair("first")
        self.pair("second")
        self.pair("client")

    def pair(self, name):
        made = subprocess.run([PROGRAM, "cert", self.path(name)], capture_output=True, text=True)
        assert made.returncode == 0, made.stderr

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def use(self, name):
        """Puts a pair where the server looks: the key first, so that for a moment the two do not fit."""
        os.makedirs(self.path("used"), exist_ok=True)
        for file in ("key.pem", "certificate.pem"):
            shutil.copy(self.path(name, file), self.path("used", file + ".new"))
            os.replace(self.path("used", file + ".new"), self.path("used", file))

    def options(self, *more):
        return ["--tls-certificate", self.path("used", "certificate.pem"), "--tls-key", self.path("used", "key.pem"), *more]

    def server(self, *more, engine="memory"):
        self.use("first")
        return Server(engine, options=self.options(*more))

    def context(self, name="first", client=None):
        context = ssl.create_default_context(cafile=self.path(name, "certificate.pem"))
        if client:
            context.load_cert_chain(self.path(client, "certificate.pem"), self.path(client, "key.pem"))
        return context


def dial(server, context, session=None, protocols=("http/1.1",)):
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context.wrap_socket(socket.create_connection(("127.0.0.1", server.port), PATIENCE_S), server_hostname="localhost",
                               session=session)


def request(operation, body):
    text = json.dumps(body).encode()
    head = (f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: {CONTENT_TYPE}\r\nX-Amz-Target: DynamoDB_20120810.{operation}\r\n"
            f"X-Amz-Date: {DATE}\r\nAuthorization: {AUTHORIZATION}\r\nContent-Length: {len(text)}\r\n\r\n")
    return head.encode() + text


def reply(connection):
    """Status and body of the next reply."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            raise EOFError(data[:100])
        data += more
    head, body = data.split(b"\r\n\r\n", 1)
    length = int([line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")][0].split(b":")[1])
    while len(body) < length:
        body += connection.recv(65536)
    assert len(body) == length, "one reply at a time"
    return int(head.split()[1]), body


def ask(connection, operation, body):
    connection.sendall(request(operation, body))
    status, text = reply(connection)
    return status, json.loads(text)


def make_table(connection):
    assert ask(connection, "CreateTable", TABLE)[0] == 200
    while ask(connection, "DescribeTable", {"TableName": "table"})[1]["Table"]["TableStatus"] != "ACTIVE":
        pass


# ---- the tests ----


def refused_starts(tally, lab):
    lab.use("first")
    shutil.copy(lab.path("second", "key.pem"), lab.path("other.pem"))
    cases = [
        (["--tls-certificate", lab.path("used", "certificate.pem")], "give both --tls-certificate and --tls-key"),
        (["--tls-certificate", "/no.pem", "--tls-key", "/no.pem"], "The certificate /no.pem cannot be used: No such file"),
        (["--tls-certificate", lab.path("used", "certificate.pem"), "--tls-key", lab.path("other.pem")], "cannot be used: key values mismatch"),
        (lab.options("--tls-client-ca", "/dev/null"), "The list of authorities /dev/null cannot be used"),
        (["--listen", "https://127.0.0.1:0"], "https://127.0.0.1:0 needs a certificate"),
        (["--listen", "0.0.0.0:0"], "nothing is encrypted"),
        (lab.options("--listen", "0.0.0.0:0", "--auth", "open"), "with --auth open anybody may do anything"),
        (lab.options("--listen", "http://0.0.0.0:0"), "nothing is encrypted"),
        (lab.options("--admin", "http://0.0.0.0:0"), "nothing is encrypted"),
        (lab.options("--admin", "0.0.0.0:0", "--auth", "open"), "with --auth open anybody may do anything"),
    ]
    for options, text in cases:
        run = subprocess.run([PROGRAM, "serve", "--engine", "memory", *options], capture_output=True, text=True)
        tally.check(run.returncode == 1 and text in run.stderr and run.stderr.count("\n") == 1, f"refused: {text}", run.stderr)


def pairs(tally, lab):
    key = os.stat(lab.path("first", "key.pem"))
    tally.equal(key.st_mode & 0o777, 0o600, "only the owner reads a key")
    again = subprocess.run([PROGRAM, "cert", lab.path("first")], capture_output=True, text=True)
    tally.check(again.returncode == 1 and "cannot be made: File exists" in again.stderr, "nobody's key is overwritten", again.stderr)
    named = subprocess.run([PROGRAM, "cert", "--name", "db.example.org", "--name", "10.1.2.3", "--days", "7", lab.path("named")],
                           capture_output=True, text=True)
    text = subprocess.run(["openssl", "x509", "-noout", "-text", "-in", lab.path("named", "certificate.pem")],
                          capture_output=True, text=True).stdout
    tally.check(named.returncode == 0 and "DNS:db.example.org, IP Address:10.1.2.3" in text, "names stand in the certificate", text)
    longest = subprocess.run([PROGRAM, "cert", "--days", "36500", *["--name", "a"] * 64, lab.path("longest")], capture_output=True, text=True)
    tally.equal(longest.returncode, 0, "a hundred years and 64 names")
    for wrong in (["--name", "a b"], ["--days", "0"], ["--days", "x"], ["--days", "36501"], ["--name", "a"] * 65, ["a", "b"]):
        tally.check(subprocess.run([PROGRAM, "cert", *wrong], capture_output=True, cwd=lab.folder).returncode != 0, f"cert {wrong} is refused")


def protocols(tally, lab, server):
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = lab.context()
        context.minimum_version = context.maximum_version = version
        with dial(server, context) as connection:
            tally.equal(ask(connection, "ListTables", {})[0], 200, f"{version.name} is spoken")
            tally.equal(connection.selected_alpn_protocol(), "http/1.1", "and http/1.1 chosen")
    warnings.simplefilter("ignore")  # of what is deprecated
    old = lab.context()
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    for what, context, names in (("TLS 1.1", old, ("http/1.1",)), ("h2 alone", lab.context(), ("h2",)),
                                 ("another authority", lab.context("second"), ("http/1.1",))):
        try:
            dial(server, context, protocols=names).close()
            tally.fail(f"{what} is refused")
        except ssl.SSLError:
            tally.ok()
    with dial(server, lab.context(), protocols=("h2", "http/1.1")) as connection:
        tally.equal(connection.selected_alpn_protocol(), "http/1.1", "of two protocols the one that is spoken")
    with dial(server, lab.context(), protocols=()) as connection:
        tally.equal(ask(connection, "ListTables", {})[0], 200, "no ALPN is fine")


def in_the_clear(tally, server):
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as connection:
        connection.sendall(request("ListTables", {}))
        data = b""
        while more := connection.recv(4096):
            data += more
        tally.check(data.startswith(b"HTTP/1.1 400 ") and b"speaks TLS" in data, "who speaks in the clear is told", data)
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as connection:
        connection.sendall(os.urandom(1000))
        tally.check(b"HTTP" not in connection.recv(4096), "and rubbish is not answered")


def large_and_small(tally, lab, server):
    """Requests and replies of all sizes, cut anywhere, many at once."""
    with dial(server, lab.context()) as connection:
        make_table(connection)
        sizes = [1, 100, 1000, 4000, 8000, 16000, 17000, 40000, 390000]
        for size in sizes:
            item = {"p": {"S": str(size)}, "v": {"S": "x" * size}}
            tally.equal(ask(connection, "PutItem", {"TableName": "table", "Item": item}), (200, {}), f"an item of {size} bytes goes in")
            tally.equal(ask(connection, "GetItem", {"TableName": "table", "Key": {"p": {"S": str(size)}}}), (200, {"Item": item}), "and comes out")
        status, body = ask(connection, "Scan", {"TableName": "table"})
        tally.equal((status, body["Count"]), (200, len(sizes)), "and so do all at once")
        text = request("GetItem", {"TableName": "table", "Key": {"p": {"S": "100"}}})
        for cut in range(1, len(text), 37):
            connection.sendall(text[:cut])
            connection.sendall(text[cut:])
            tally.equal(reply(connection)[0], 200, f"a request in two records, cut at {cut}")
        connection.sendall(text * 20)
        got = b""
        while got.count(b"HTTP/1.1 200 OK") < 20 or not got.endswith(b"}}}"):
            got += connection.recv(65536)
        tally.equal(got.count(b"HTTP/1.1 200 OK"), 20, "twenty requests in one record")
        connection.sendall(request("PutItem", {"TableName": "table", "Item": {"p": {"S": "a"}, "v": {"S": "x" * 17_000_000}}}))
        tally.equal(connection.recv(4096).split(b"\r\n")[0][:12], b"HTTP/1.1 413", "a body that is too long is refused")


def slow_reader(tally, lab, server):
    """A reader that takes its replies late: the write has to wait, within a record too."""
    with dial(server, lab.context()) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        scan = request("Scan", {"TableName": "table"})
        connection.sendall(scan * 8)
        tally.check(all(json.loads(reply_of_many(connection))["Count"] > 0 for _ in range(8)), "eight pages for a slow reader")


def reply_of_many(connection, kept={}):
    data = kept.pop(connection, b"")
    while b"\r\n\r\n" not in data:
        data += connection.recv(1000)
    head, body = data.split(b"\r\n\r\n", 1)
    length = int([line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")][0].split(b":")[1])
    while len(body) < length:
        body += connection.recv(50000)
    kept[connection] = body[length:]
    return body[:length]


def crowd(tally, lab, server):
    """Connections that move between workers, and requests from many at once."""
    wrong = []

    def one():
        with dial(server, lab.context()) as connection:
            for _ in range(100):
                if ask(connection, "GetItem", {"TableName": "table", "Key": {"p": {"S": "17000"}}})[0] != 200:
                    wrong.append(1)

    threads = [threading.Thread(target=one) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.equal(wrong, [], "24 connections, 100 requests each")


def await_log(server, text):
    deadline = time.monotonic() + PATIENCE_S
    while text not in server.log_text() and time.monotonic() < deadline:
        time.sleep(0.01)
    return text in server.log_text()


def resumed(server, context, session):
    with dial(server, context, session) as connection:
        ask(connection, "ListTables", {})
        return connection.session_reused


def new_certificates(tally, lab, server):
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = lab.context()
        context.minimum_version = context.maximum_version = version
        with dial(server, context) as connection:
            ask(connection, "ListTables", {})
            session = connection.session
        tally.check(resumed(server, context, session), f"a session of {version.name} is resumed")
    old = dial(server, lab.context())
    ask(old, "ListTables", {})
    lab.use("second")
    tally.check(await_log(server, "server.file_read what=certificate"), "a new certificate is seen", server.log_text()[-1000:])
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:  # the key came first: for a moment the two may not have fitted
        try:
            dial(server, lab.context("second")).close()
            break
        except ssl.SSLError:
            pass
    with dial(server, lab.context("second")) as connection:
        tally.equal(ask(connection, "ListTables", {})[0], 200, "and shown to whoever comes")
    tally.equal(ask(old, "ListTables", {})[0], 200, "who was there stays")
    tally.check(resumed(server, context, session), "an older session is resumed")
    shutil.copy(lab.path("first", "key.pem"), lab.path("used", "key.pem"))
    tally.check(await_log(server, "key values mismatch"), "a pair that does not fit is told")
    with dial(server, lab.context("second")) as connection:
        tally.equal(ask(connection, "ListTables", {})[0], 200, "and changes nothing")
    before = server.log_text().count("server.file_read what=certificate")
    lab.use("first")
    server.process.send_signal(1)  # SIGHUP
    tally.check(await_log(server, "server.reloaded"), "SIGHUP reads it too")
    tally.check(server.log_text().count("server.file_read what=certificate") > before, "and says so")
    with dial(server, lab.context()) as connection:
        tally.equal(ask(connection, "ListTables", {})[0], 200, "the first one again")
    old.close()


def client_certificates(tally, lab):
    with lab.server("--tls-client-ca", lab.path("client", "certificate.pem")) as server:
        with dial(server, lab.context(client="client")) as connection:
            tally.equal(ask(connection, "ListTables", {})[0], 200, "who shows a certificate comes in")
        for what, client in (("no certificate", None), ("another's", "second")):
            try:
                with dial(server, lab.context(client=client)) as connection:
                    ask(connection, "ListTables", {})
                tally.fail(f"{what} is refused")
            except (ssl.SSLError, EOFError, ConnectionError):
                tally.ok()


def addresses(tally, lab):
    """Several addresses at once: clear, TLS, IPv6, a Unix socket, one for operators."""
    path = lab.path("socket")
    plain, secure, six, admin = [free_port() for _ in range(4)]
    lab.use("first")
    listen = f"http://127.0.0.1:{plain},127.0.0.1:{secure},[::1]:{six},unix:{path}"
    for _ in range(2):  # the second start finds what the first left behind
        server = Server("memory", options=lab.options("--listen", listen, "--admin", f"http://127.0.0.1:{admin}"))
        with server:
            answers = []
            for family, where, tls in ((socket.AF_INET, ("127.0.0.1", plain), False), (socket.AF_INET, ("127.0.0.1", secure), True),
                                       (socket.AF_INET6, ("::1", six), True), (socket.AF_UNIX, path, False)):
                with socket.socket(family) as raw:
                    raw.connect(where)
                    connection = lab.context().wrap_socket(raw, server_hostname="localhost") if tls else raw
                    answers.append(ask(connection, "ListTables", {})[0])
                    connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n")
                    answers.append(reply(connection)[0])
                    connection.close()
            tally.equal(answers, [200, 404] * 4, "all addresses serve, none of them metrics")
            with socket.create_connection(("127.0.0.1", admin)) as connection:
                connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n")
                tally.equal(reply(connection)[0], 200, "metrics have their own")
            ready = [line for line in server.log_text().splitlines() if line.startswith("stator.ready")][0]
            tally.check(f"listen=127.0.0.1:{plain},https://127.0.0.1:{secure},https://[::1]:{six},unix:{path},127.0.0.1:{admin} " in ready,
                        "the ready line has them all", ready)
            second = subprocess.run([PROGRAM, "serve", "--engine", "memory", "--listen", f"unix:{path}"], capture_output=True, text=True)
            tally.check(second.returncode == 1 and "Address already in use" in second.stderr, "a socket in use is left alone", second.stderr)
            server.kill()
    tally.equal(os.stat(path).st_mode & 0o777, 0o660, "the socket is for user and group")


def real_client(tally, lab, server):
    environment = {**os.environ, "AWS_CA_BUNDLE": lab.path("first", "certificate.pem"), "AWS_ACCESS_KEY_ID": "me",
                   "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
    run = subprocess.run(["aws", "dynamodb", "list-tables", "--endpoint-url", f"https://localhost:{server.port}"], capture_output=True,
                         text=True, env=environment)
    tally.check(run.returncode == 0 and json.loads(run.stdout)["TableNames"] == ["table"], "the AWS CLI", run.stderr)


def main():
    tally, lab = Tally(), Lab()
    try:
        refused_starts(tally, lab)
        pairs(tally, lab)
        with lab.server() as server:
            protocols(tally, lab, server)
            in_the_clear(tally, server)
            large_and_small(tally, lab, server)
            slow_reader(tally, lab, server)
            crowd(tally, lab, server)
            real_client(tally, lab, server)
            new_certificates(tally, lab, server)
        client_certificates(tally, lab)
        addresses(tally, lab)
    finally:
        shutil.rmtree(lab.folder, ignore_errors=True)
    tally.finish()


if __name__ == "__main__":
    main()
