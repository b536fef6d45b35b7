#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Forged signatures (tests/forged/forged.c) against a server over sockets, and in one process by the million.

    run.py [--tries N] [--over-sockets N] [--seed S] [--record]
"""

import argparse
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib import ledger
from lib.server import PROGRAM, Server
from lib.tally import Tally

FORGED = os.path.join(os.path.dirname(PROGRAM), "tests", "forged", "forged")
KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"  # those of forge.h


def forge(tally, what, *arguments):
    """Runs the forger; its counts."""
    ended = subprocess.run([FORGED, "--counts", *map(str, arguments)], capture_output=True, text=True, errors="replace")
    lines = ended.stdout.splitlines()
    counts = json.loads(lines[-2]) if len(lines) >= 2 and lines[-2].startswith("{") else {"forged": 0, "void": 0, "violations": 1}
    tally.check(ended.returncode == 0, what, "\n".join(lines[:40]) + ended.stderr[-2000:])
    return counts


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--tries", type=int, default=0, help="in one process")
    options.add_argument("--over-sockets", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--record", action="store_true")
    options = options.parse_args()

    tally, started, all_counts = Tally(), time.monotonic(), []
    with Server("memory", options=("--auth", "sigv4"),
                environment={"STATOR_ACCESS_KEY_ID": KEY, "STATOR_SECRET_ACCESS_KEY": SECRET}) as server:
        all_counts.append(forge(tally, "forged over sockets", "--tries", options.over_sockets, "--seed", options.seed, "--port", server.port))
        tally.check(server.alive(), "the server lives")
    if options.tries:
        all_counts.append(forge(tally, "forged in one process", "--tries", options.tries, "--seed", options.seed + 1))
    if options.record:
        ledger.record("forged", {name: sum(counts[name] for counts in all_counts) for name in all_counts[0]},
                      time.monotonic() - started, seeds=options.seed)
    tally.finish()


if __name__ == "__main__":
    main()
