#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Histories of a real server under kill -9 and clock jumps, judged by checkers from outside.

    run.py self                                   the checkers themselves: histories made by hand, with known faults
    run.py items [--operations N] [--kills N]     single items and queries: Porcupine
    run.py transactions [--operations N] ...      transactions: cycles of dependencies, sums, request tokens
    run.py items|transactions --long [--record]   as long as counts for evidence, with a line in the ledger

The work is done by build/check/check, which `tools/clients check` makes of the Go files here. Operations are counted as requests; two in three of those of
`transactions` are transactions.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib import ledger
from lib.server import PROGRAM, ROOT
from lib.tally import Tally

HERE = os.path.join(ROOT, "tests", "check")
TOOLS = os.path.join(ROOT, "build", "check")
# What a run is by default, and with --long: a kill for so many operations.
SIZES = {"items": (100000, 10 ** 7), "transactions": (10000, 250000)}
KILLS = {"items": (5, 400), "transactions": (4, 100)}
RESULT = re.compile(r"^\s*--- (PASS|FAIL): (\S+)")


def self_test():
    """The Go tests of the checkers; each history made by hand is one of them."""
    tally = Tally()
    environment = {**os.environ, "GOPATH": os.path.join(ROOT, "build", "gopath"), "GOTOOLCHAIN": "local", "GOFLAGS": "-modcacherw"}
    done = subprocess.run(["go", "test", "-v", "./..."], cwd=HERE, env=environment, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        result = RESULT.match(line)
        if result:
            tally.check(result[1] == "PASS", result[2])
    tally.check(done.returncode == 0, "go test", done.stdout[-3000:] + done.stderr[-3000:])
    tally.finish()


def run(options):
    long = int(options.long)
    operations = options.operations or SIZES[options.what][long]
    kills = KILLS[options.what][long] if options.kills is None else options.kills
    command = [os.path.join(TOOLS, "check"), options.what, "--stator", PROGRAM, "--shim", os.path.join(TOOLS, "clock.so"),
               "--operations", str(operations), "--kills", str(kills), "--jumps", str(kills), "--seed", str(options.seed),
               *options.more]
    print(" ".join(command), flush=True)
    begun = time.monotonic()
    counts = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout:
            print(line, end="", flush=True)
            if line.startswith("counts "):
                counts = {name: int(count) for name, count in (word.split("=") for word in line.split()[1:])}
    if options.record and counts:
        ledger.record(f"check-{options.what}", counts, time.monotonic() - begun, seeds=options.seed)
    return child.returncode


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("what", choices=("self", "items", "transactions"))
    options.add_argument("--operations", type=int)
    options.add_argument("--kills", type=int)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options.add_argument("--long", action="store_true")
    options.add_argument("--record", action="store_true")
    options, more = options.parse_known_args()
    options.more = more
    if options.what == "self":
        self_test()
    sys.exit(run(options))


if __name__ == "__main__":
    main()
