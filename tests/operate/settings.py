#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Settings of a running server: where each comes from, what GET /admin/config says of it, and what a SIGHUP changes."""

import os
import signal
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib import wait
from lib.client import Client
from lib.server import Server, free_port
from lib.tally import Tally


def settings(port):
    client = Client(port)
    reply = client.send("GET", "/admin/config", {}, None)
    client.close()
    assert reply.status == 200 and reply.headers["content-type"] == "application/json", reply.headers
    return {row["name"]: row for row in reply.json["settings"]}


def facts(row):
    return row["value"], row["source"]


def sources(tally, server):
    now = settings(server.port)
    tally.equal(facts(now["idle-s"]), ("111", "command line"), "the command line goes before all")
    tally.equal(facts(now["drain-ms"]), ("222", "environment"), "the environment before the file")
    tally.equal(facts(now["access-log"]), ("false", "file"), "the file before the default")
    tally.equal(facts(now["connections"]), ("20000", "default"), "the default")
    tally.equal((now["idle-s"]["default"], now["idle-s"]["live"], now["memory"]["live"]), ("300", True, False), "and what is known of a setting")
    tally.equal((now["memory"]["value"], now["config"]["value"]), ("256M", server.config), "a size, and a text")
    tally.check(all(row["for"] for row in now.values()), "each says what it is for")


def reload(server, text):
    before = server.log_text().count("server.reloaded") + server.log_text().count("server.reload_refused")
    with open(server.config, "w") as file:
        file.write(text)
    server.process.send_signal(signal.SIGHUP)
    wait.until(lambda: server.log_text().count("server.reloaded") + server.log_text().count("server.reload_refused") > before, "the end of a reload")


def changes(tally, server):
    client = Client(server.port)
    client.must("ListTables", {})
    tally.equal(server.log_text().count("request.done"), 0, "no line for a request")
    reload(server, "access-log = true\nmemory = 512M\nidle-s = 9\n")
    now = settings(server.port)
    tally.equal(facts(now["access-log"]), ("true", "file"), "what is live changes")
    tally.equal(facts(now["memory"]), ("256M", "file"), "what is not waits for a restart")
    tally.equal(facts(now["idle-s"]), ("111", "command line"), "and the command line still goes before the file")
    tally.check("server.setting name=memory" in server.log_text(), "the log tells of it", server.log_text()[-800:])
    client.must("ListTables", {})
    tally.check(wait.until(lambda: "request.done" in server.log_text(), "a line"), "a line for a request, without a restart")
    reload(server, "access-log = perhaps\n")
    tally.check("must be true or false, not 'perhaps'" in server.log_text(), "a file that is wrong is told", server.log_text()[-800:])
    tally.equal(facts(settings(server.port)["access-log"]), ("true", "file"), "and changes nothing")
    client.close()


def operators(tally):
    """Pages of operators have a door of their own."""
    port = free_port()
    with Server(engine="memory", options=[f"--admin=127.0.0.1:{port}"]) as server:
        for path in ("/metrics", "/admin/config"):
            client = Client(server.port)
            tally.equal(client.send("GET", path, {}, None).status, 404, f"{path} is not for everybody")
            client.close()
            client = Client(port)
            tally.equal(client.send("GET", path, {}, None).status, 200, f"{path} is for operators")
            tally.check(client.send("POST", path, {}, b"").status >= 400, f"{path} is only read")
            client.close()


def main():
    tally = Tally()
    server = Server(engine="memory", environment={"STATOR_DRAIN_MS": "222", "STATOR_IDLE_S": "333"})
    server.config = os.path.join(server.scratch, "stator.conf")
    server.options = ["--config", server.config, "--idle-s=111"]
    with open(server.config, "w") as file:
        file.write("# what this server is told\n\nidle-s = 444\ndrain-ms = 555\naccess-log = false\nmemory = 256M\n")
    with server:
        sources(tally, server)
        changes(tally, server)
    operators(tally)
    tally.finish()


if __name__ == "__main__":
    main()
