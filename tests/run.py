# SPDX-License-Identifier: Apache-2.0
"""The test driver behind `make test`: prepares, runs the suites, prints one line a suite and one closing line.

    tests/run.py [--long | --clients] [--only WORD] [--list]

The work is a small graph of steps. A preparation step (a build, an installation) either succeeds or takes down the steps
that need it; a suite prints `N passed, N failed` as its last line, which is summed. At most SLOTS cores' worth of steps
run at once, so that tests which measure time are not starved. Output goes to build/test-logs/STEP.log; the failing
lines are repeated here. A suite that dies, prints no closing line or cannot start counts as one failed test. A preparation
that ends with status NOT_HERE says that this machine lacks something that we do not install: what needs it is not run, which
is told on its line and once more before the closing line.
"""

import argparse
import os
import subprocess
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOGS = os.path.join(ROOT, "build", "test-logs")
SLOTS = 2
FAIL_LINES_SHOWN = 40
NOT_HERE = 77

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lib.suites import all_steps, client_steps
from lib.tally import closing_counts


class Outcome:
    """How one step ended: `counts` is None for a preparation step, and for a suite that is not for this machine."""

    def __init__(self, ok, counts, seconds, note="", not_here=False):
        self.ok, self.counts, self.seconds, self.note, self.not_here = ok, counts, seconds, note, not_here


def run_step(step):
    """Runs one step to its end, output into its log file."""
    path = os.path.join(LOGS, step.name + ".log")
    started = time.monotonic()
    with open(path, "w") as log:
        process = subprocess.Popen(step.command, cwd=ROOT, env={**os.environ, **step.environment}, stdin=subprocess.DEVNULL,
                                   stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            status = process.wait(step.timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
            status = f"no end after {step.timeout} s"
    seconds = time.monotonic() - started
    note = "" if status == 0 else f"exit {status}, see {os.path.relpath(path, ROOT)}"
    if not step.is_suite:
        return Outcome(status == 0, None, seconds, last_line(path) if status == NOT_HERE else note, status == NOT_HERE)
    with open(path, errors="replace") as log:
        counts = closing_counts(log.read())
    if counts is None:
        counts, note = (0, 1), note or "no closing line"
    elif status != 0 and counts[1] == 0:
        counts = (counts[0], 1)
    return Outcome(status == 0 and counts[1] == 0, counts, seconds, note)


def last_line(path):
    with open(path, errors="replace") as log:
        return (log.read().splitlines() or [""])[-1]


def show(step, outcome):
    if outcome.not_here:
        print(f"{step.name:<28} NOT RUN   {outcome.note}", flush=True)
        return
    if outcome.counts:
        print(f"{step.name:<28} {outcome.counts[0]:>6} passed, {outcome.counts[1]} failed {outcome.seconds:>8.1f} s"
              f"{'   ' + outcome.note if outcome.note else ''}", flush=True)
    elif outcome.ok:
        print(f"{step.name:<28} ready {outcome.seconds:>22.1f} s", flush=True)
    else:
        print(f"{step.name:<28} cannot be prepared   {outcome.note}", flush=True)
    if not outcome.ok:
        show_failures(step)


def show_failures(step):
    path = os.path.join(LOGS, step.name + ".log")
    if not os.path.exists(path):
        return
    with open(path, errors="replace") as log:
        lines = log.read().splitlines()
    failing = []
    for index, line in enumerate(lines):
        if line.startswith("FAIL"):
            failing.append(line)
            failing += [l for l in lines[index + 1:index + 9] if l.startswith("    ")]
    for line in (failing or lines[-12:])[:FAIL_LINES_SHOWN]:
        print("    " + line[:400], flush=True)


class Scheduler:
    """Starts each step once the steps it needs are done and its slots are free."""

    def __init__(self, steps):
        self.waiting = list(steps)
        self.outcomes = {}
        self.free = SLOTS
        self.changed = threading.Condition()

    def run(self):
        with self.changed:
            while self.waiting or self.free < SLOTS:
                if not self.start_one():
                    self.changed.wait()
        return self.outcomes

    def start_one(self):
        for step in self.waiting:
            needed = [self.outcomes.get(name) for name in step.needs]
            if any(outcome and not outcome.ok for outcome in needed):
                self.waiting.remove(step)
                self.outcomes[step.name] = self.without(step, [o for o in needed if o and not o.ok])
                show(step, self.outcomes[step.name])
                return True
            if all(needed) and step.slots <= self.free:
                self.waiting.remove(step)
                self.free -= step.slots
                threading.Thread(target=self.work, args=(step,)).start()
                return True
        return False

    def without(self, step, missing):
        """The outcome of a step that lacks what it needs."""
        if all(outcome.not_here for outcome in missing):
            return Outcome(False, None, 0, missing[0].note, not_here=True)
        return Outcome(False, (0, 1) if step.is_suite else None, 0, "not run")

    def work(self, step):
        outcome = run_step(step)
        with self.changed:
            self.outcomes[step.name] = outcome
            self.free += step.slots
            show(step, outcome)
            self.changed.notify()


def choose(steps, only):
    """The suites whose names contain `only`, and all that they need."""
    by_name = {step.name: step for step in steps}
    chosen = []

    def add(step):
        for name in step.needs:
            add(by_name[name])
        if step not in chosen:
            chosen.append(step)

    for step in steps:
        if step.is_suite and only in step.name:
            add(step)
    return chosen


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--long", action="store_true", help="the long fault runs too")
    options.add_argument("--clients", action="store_true", help="the clients alone, and all of them")
    options.add_argument("--only", default="", help="only suites whose name contains this word")
    options.add_argument("--list", action="store_true", help="print the suites and stop")
    options = options.parse_args()

    steps = choose(client_steps() if options.clients else all_steps(options.long), options.only)
    if options.list:
        print("\n".join(step.name for step in steps if step.is_suite))
        return
    os.makedirs(LOGS, exist_ok=True)
    outcomes = Scheduler(steps).run()
    counts = [outcome.counts for outcome in outcomes.values() if outcome.counts]
    absent = [name for name, outcome in outcomes.items() if outcome.not_here and any(s.name == name and s.is_suite for s in steps)]
    if absent:
        print(f"not run on this machine: {', '.join(absent)}", flush=True)
    passed, failed = sum(c[0] for c in counts), sum(c[1] for c in counts)
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
