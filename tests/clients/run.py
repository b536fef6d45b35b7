# SPDX-License-Identifier: Apache-2.0
"""Starts a server and runs one client program against it, as a suite of `make test`.

    run.py NAME [--engine E]        the names stand in command() below

The client prints the closing line; a server that dies meanwhile fails the suite.
"""

import argparse
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.dirname(HERE))
from lib.server import Server

BUILD = os.path.join(ROOT, "build")
PYTHON = os.path.join(BUILD, "venv", "bin", "python")
SIGV4 = {"STATOR_ACCESS_KEY_ID": "AKIASTATORTESTKEY001", "STATOR_SECRET_ACCESS_KEY": "a-secret/of+forty/characters0123456789ab"}
# Options of the server where a client needs them. The Rust SDK's waiters ask every 20 seconds, whatever they are told;
# guregu's tests use a table of one unit at once and without restraint, as they may with an emulator.
OPTIONS = {
    "guregu": ["--state-delay", "0", "--throttle", "off"],
    "rust": ["--state-delay", "0"],
}


def server_for(name, engine):
    """Every client signs, as it always does, and the server verifies; only http_raw.py sends bytes that nobody signed."""
    if name == "http":
        return Server(engine)
    return Server(engine, options=["--auth=sigv4", *OPTIONS.get(name, [])], environment=SIGV4)


def program(*path):
    return [PYTHON, os.path.join(HERE, *path)]


def script(name):
    """They are copied to where npm put what they import (tools/clients)."""
    return ["node", os.path.join(BUILD, "js", name)]


def java(folder, main):
    """Compiled by tools/clients. A small heap and the quick compiler: these programs live for seconds."""
    path = os.pathsep.join((os.path.join(BUILD, folder, "classes"), os.path.join(BUILD, folder, "lib", "*")))
    return ["java", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", path, main]


def command(name, port):
    endpoint = f"http://127.0.0.1:{port}"
    return {
        "lab": [os.path.join(HERE, "lab.sh"), endpoint],
        "tutorial": [*program("boto3_tutorial.py"), endpoint],
        "habits": [*program("boto3_habits.py"), endpoint],
        "bank": [*program("boto3_bank.py"), endpoint],
        "sigv4": [*program("sigv4.py"), str(port)],
        "http": [sys.executable, os.path.join(HERE, "http_raw.py"), str(port)],
        "pynamodb": [*program("pynamodb", "orders.py"), endpoint],
        "infrastructure": [*program("infrastructure", "run.py"), endpoint],
        "js": [*script("lab.mjs"), endpoint],
        "electrodb": [*script("electrodb.mjs"), endpoint],
        "dynamoose": [*script("dynamoose.mjs"), endpoint],
        "go": [os.path.join(BUILD, "golab"), endpoint],
        "guregu": [*program("guregu.py"), os.path.join(BUILD, "guregu", "dynamo.test"), endpoint],
        "rust": [os.path.join(BUILD, "rust", "debug", "inventory"), endpoint],
        "java": [*java("java", "EnhancedClient"), endpoint],
    }[name]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("name")
    options.add_argument("--engine", default="rocksdb")
    options = options.parse_args()

    with server_for(options.name, options.engine) as server:
        ended = subprocess.run(command(options.name, server.port), timeout=540)
        alive = server.alive()
        if not alive:
            print(server.log_text()[-3000:])
    sys.exit(ended.returncode if alive else 1)


if __name__ == "__main__":
    main()
