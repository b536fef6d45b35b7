# SPDX-License-Identifier: Apache-2.0
"""Simulates the server, seed after seed, on all cores; says what was reached, and makes a failing seed small.

    run.py [--seeds 300] [--seed 1] [--operations 2000] [--jobs 2] [--program build/tests/sim/sim] [--record]

Every fault is a function of (commit, seed): the line that is printed last for a failed seed repeats it. Seeds run in
portions, a process each; a process that dies takes down the seed it was at, and the rest of its portion goes on in
another. What tests/sim/reached.txt names must have happened at least once in a run of 300 seeds or more, and in one of 20,000 the process
must have died at every place where it calls the system.
"""

import argparse
import collections
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from lib import ledger
from lib.tally import Tally, closing_counts

PORTION = 100
SECONDS_PER_SEED = 60
ENOUGH_TO_REACH_ALL = 300
ENOUGH_FOR_RARE = 20000
FAILED = re.compile(r"^FAIL seed (\d+) ")
PARTS = ("batch", "query", "scan", "listed", "statement", "transact", "tokens", "stream", "expiry", "tables", "indexes", "settings",
         "errors", "large", "throttle")
FAULTS = ("preempt", "stall", "spurious", "misses", "slow-disk", "write-error", "sync-error", "read-error", "bit-flip", "full-disk",
          "background-error", "clock-jump", "slow-client", "cut-client", "crash", "torn", "stop")


def simulate(program, *words, timeout=SECONDS_PER_SEED):
    try:
        ended = subprocess.run([program, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                               timeout=timeout)
    except subprocess.TimeoutExpired as late:
        return None, (late.stdout or b"").decode(errors="replace")
    return ended.returncode, ended.stdout


def read_cover(path, cover):
    if os.path.exists(path):
        with open(path) as lines:
            for line in lines:
                count, what = line.rstrip("\n").split(" ", 1)
                cover[what] += int(count)
        os.remove(path)


def portion(program, first, last, operations, folder, *more):
    """Seeds of one portion: (outputs by failed seed, cover)."""
    failures, cover = {}, collections.Counter()
    while first <= last:
        path = os.path.join(folder, f"cover-{first}")
        status, output = simulate(program, "--seed", first, "--seeds", last - first + 1, "--operations", operations, "--twice", 100,
                                  "--cover", path, *more, timeout=SECONDS_PER_SEED * (last - first + 1))
        at = None
        for line in output.splitlines():
            match = FAILED.match(line)
            if match:
                at = int(match.group(1))
            if at is not None:
                failures.setdefault(at, []).append(line)
        read_cover(path, cover)
        if status in (0, 1) and closing_counts(output) and "ended the program" not in output and "nothing can happen" not in output:
            break
        if at is None or at < first:  # it died without a word: find out which one
            at = next((seed for seed in range(first, last + 1)
                       if simulate(program, "--seed", seed, "--operations", operations)[0] not in (0, 1)), last)
            failures.setdefault(at, []).append(f"FAIL seed {at} ended with status {status}")
        first = at + 1
    return failures, cover


def fails(program, seed, words):
    return simulate(program, "--seed", seed, *words)[0] != 0


def shrink(program, seed, operations, more):
    """The smallest settings found with which the seed still fails."""
    words, without = [*more, "--operations", operations], []
    while operations > 20 and fails(program, seed, [*more, "--operations", operations // 2]):
        operations //= 2
        words = [*more, "--operations", operations]
    for name in (*FAULTS, *PARTS):
        tried = [*words, "--without", ",".join([*without, name])]
        if fails(program, seed, tried):
            without.append(name)
    if without:
        words += ["--without", ",".join(without)]
    for option, values in (("--crashes", (0, 1, 2)), ("--clients", (1, 2, 3))):
        for value in values:
            if fails(program, seed, [*words, option, value]):
                words += [option, value]
                break
    return words


def unreached(cover, rare):
    """What reached.txt names and no run came to; with `rare` also what needs many runs."""
    with open(os.path.join(HERE, "reached.txt")) as lines:
        wanted = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    wanted = [what.removeprefix("rare ") for what in wanted if rare or not what.startswith("rare ")]
    return [what for what in wanted if not cover[what]]


def places(cover):
    """The places where tasks of the server called the system while faults could come, and those of them where no crash came."""
    passed = sorted({what.split()[1] for what in cover if what.startswith("point ")})
    return passed, [at for at in passed if cover[f"crash {at}"] == 0]


def functions(program, places):
    """The functions in which they stand."""
    if not places:
        return []
    return sorted(subprocess.run(["addr2line", "-f", "-s", "-e", program, *places], capture_output=True, text=True).stdout.splitlines()[::2])


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seeds", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--operations", type=int, default=2000)
    options.add_argument("--jobs", type=int, default=os.cpu_count())
    options.add_argument("--program", default=os.path.join(HERE, "..", "..", "build", "tests", "sim", "sim"))
    options.add_argument("--cover", help="a file for what was reached")
    options.add_argument("--record", action="store_true")
    options = options.parse_args()

    tally, cover, began = Tally(), collections.Counter(), time.monotonic()
    last = options.seed + options.seeds - 1
    passed_in = {}  # by place, the first seed of the first portion that passed it

    def take(first, failures, seen, *more):
        cover.update(seen)
        for what in seen:
            passed_in.setdefault(what, first)
        for seed, lines in failures.items():
            words = " ".join(map(str, shrink(options.program, seed, options.operations, more))) if tally.failed < 3 else ""
            tally.fail(f"seed {seed}: {lines[0]}", "\n".join([*lines[1:30], f"again: {os.path.relpath(options.program)} --seed {seed} {words}"]))

    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        portions = [pool.submit(portion, options.program, first, min(first + PORTION - 1, last), options.operations, folder)
                    for first in range(options.seed, last + 1, PORTION)]
        for first, one in zip(range(options.seed, last + 1, PORTION), portions):
            take(first, *one.result())
            done = first + PORTION - options.seed
            if done % 1000 == 0:
                print(f"{done} seeds, {time.monotonic() - began:.0f} s, {tally.failed} failed", flush=True)
        if options.seeds >= ENOUGH_FOR_RARE:
            for place in places(cover)[1]:  # one that is seldom passed: then at its first pass
                first, more = passed_in[f"point {place}"], ("--hunt", place)
                take(first, *portion(options.program, first, min(first + PORTION - 1, last), options.operations, folder, *more), *more)
    tally.passed += options.seeds - tally.failed
    seconds = time.monotonic() - began
    passed, missed = places(cover)
    missed = functions(options.program, missed)
    died = len(passed) - len(missed)
    print(f"{options.seeds} seeds of {options.operations} operations in {seconds:.0f} s")
    print(f"the process died at {died} of the {len(passed)} places where it calls the system; not in: {' '.join(missed) or '-'}")
    if options.cover:
        with open(options.cover, "w") as file:
            file.writelines(f"{count} {what}\n" for what, count in sorted(cover.items()))
    if options.record:
        ledger.record("simulation", {"seeds": options.seeds, "operations": options.seeds * options.operations, "crash_sites": died,
                                     "violations": tally.failed}, seconds, f"{options.seed}-{last}")
    if options.seeds >= ENOUGH_TO_REACH_ALL:
        tally.equal(unreached(cover, options.seeds >= ENOUGH_FOR_RARE), [], "everything in reached.txt was reached")
    if options.seeds >= ENOUGH_FOR_RARE:
        tally.equal(missed, [], "the process died at every place where it calls the system")
    tally.finish()


if __name__ == "__main__":
    main()
