#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Instructions and heap calls per request, from its head to the body of its reply: figures without noise, for comparing two builds.

    tests/bench/instructions.py --build build [--top N] [--compare OLD.json] [--sigv4] [WORKLOAD ...]

Runs bench_direct under callgrind (valgrind must be installed), writes BUILD/instructions.json. Instructions are not time: a cache miss costs hundreds of
them. But fewer of them for the same work has yet to be slower, and a change of one per cent shows, on any machine, however busy.

With --sigv4 only differences count: valgrind has no SHA instructions, and without a worker there is no cache of signing keys.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

WORKLOADS = {"get": 500, "statement": 500, "query": 200, "scan": 10, "batch-get": 100, "transact-get-4": 200, "put": 500, "put-if": 500,
             "update": 500, "update-set": 500, "update-if": 500, "delete": 500, "batch-write": 50, "transact-write-4": 200}


def measure(program, workload, requests, top, mode):
    """(instructions per request, heap calls per request, the functions that take most)"""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "callgrind"
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--toggle-collect=serve", program,
                               workload, str(requests), *mode], capture_output=True, text=True, check=True)
        listing = subprocess.run(["callgrind_annotate", out], capture_output=True, text=True).stdout if top else ""
    count = int(re.search(r"Collected : (\d+)", done.stderr)[1])
    functions = re.findall(r"^ *([\d,]+) \([ \d.]+%\) +(?:.*:)?([\w'.]+) \[", listing, re.M)[:top]
    return (count / requests, json.loads(done.stdout.splitlines()[-1])["heap_calls"],
            [(name, 100 * int(n.replace(",", "")) / count) for n, name in functions])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default="build")
    parser.add_argument("--top", type=int, default=0, help="also show so many functions of each")
    parser.add_argument("--compare", type=pathlib.Path, help="an earlier instructions.json")
    parser.add_argument("--sigv4", action="store_true", help="signed requests, verified")
    parser.add_argument("workloads", nargs="*")
    options = parser.parse_args()
    mode = ["sigv4"] if options.sigv4 else []
    before = json.loads(options.compare.read_text()) if options.compare else {}
    results = {}
    for workload in options.workloads or WORKLOADS:
        count, heap, functions = measure(options.build / "tests/bench/bench_direct", workload, WORKLOADS[workload], options.top, mode)
        results[workload] = {"instructions": count, "heap_calls": heap}
        change = f"  {100 * (count / before[workload]['instructions'] - 1):+.1f} %" if workload in before else ""
        print(f"{workload:12} {count:12,.0f} instructions {heap:8.2f} heap calls{change}", flush=True)
        for name, share in functions:
            print(f"    {share:5.1f} %  {name}")
    (options.build / "instructions.json").write_text(json.dumps(results, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
