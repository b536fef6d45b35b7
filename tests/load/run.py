#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Load and overload: the scenes that need a clock, in one table.

    run.py [--build build] [--only overload] [--quick] [--seconds 4] [--repeats 3] [--record]

A row is a ratio of phases of one run, or a time that the server promises (README.md). The exit status is 1 when a bound was missed. What no
clock decides is in bounds.py, memory.py and the short form of soak.py, which `make test` runs.
"""

import argparse
import json
import pathlib
import sys
import time

import connections
import isolation
import overload
import slow_clients

from lib import ledger

SCENES = {"connections": connections, "slow-clients": slow_clients, "overload": overload, "isolation": isolation}


def arguments():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--build", default="build", help="the build folder")
    options.add_argument("--only", default="", help="only scenes whose names hold this text")
    options.add_argument("--quick", action="store_true", help="smaller crowds, one pair of phases of two seconds")
    options.add_argument("--seconds", type=float, help="length of a phase (4; quick: 2)")
    options.add_argument("--repeats", type=int, help="pairs of phases (3; quick: 1)")
    options.add_argument("--record", action="store_true", help="append the result to docs/ledger.jsonl")
    options = options.parse_args()
    options.seconds = options.seconds or (2.0 if options.quick else 4.0)
    options.repeats = options.repeats or (1 if options.quick else 3)
    return options


def table(rows):
    yield "| scene | what | figure | bound | |\n|---|---|---|---|---|"
    for row in rows:
        verdict = "" if row.met is None else "met" if row.met else "missed"
        yield f"| {row.scene} | {row.what} | {row.figure} | {row.bound} | {verdict} |"


def main():
    options = arguments()
    started, rows = time.monotonic(), []
    for name, scene in SCENES.items():
        if options.only in name:
            print(name, flush=True)
            rows += scene.run(options)
    missed = sum(row.met is False for row in rows)
    print("\n" + "\n".join(table(rows)))
    (pathlib.Path(options.build) / "load.json").write_text(json.dumps([vars(row) for row in rows], indent=1))
    if options.record:
        ledger.record("load", {"figures": len(rows), "judged": sum(row.met is not None for row in rows), "violations": missed},
                      time.monotonic() - started)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
