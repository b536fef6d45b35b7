# SPDX-License-Identifier: Apache-2.0
"""Counting checks, and the line that ends every test program of the project: `N passed, N failed`.

The driver reads only that line and the lines that begin with `FAIL`, so a program in any language fits by printing them.
"""

import re
import sys
import threading

CLOSING_LINE = re.compile(r"^(\d+) passed, (\d+) failed$")


class Tally:
    """Results of one test program. Safe to use from several threads."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.lock = threading.Lock()

    def ok(self):
        with self.lock:
            self.passed += 1

    def fail(self, what, detail=""):
        with self.lock:
            self.failed += 1
            print(f"FAIL {what}", flush=True)
            for line in str(detail).splitlines():
                print(f"    {line}", flush=True)

    def check(self, condition, what, detail=""):
        if condition:
            self.ok()
        else:
            self.fail(what, detail)
        return bool(condition)

    def equal(self, got, expected, what):
        return self.check(got == expected, what, f"got      {got!r}\nexpected {expected!r}")

    def run(self, what, function, *arguments):
        """One test as a function: it passes if it returns, fails if it raises."""
        try:
            function(*arguments)
        except Exception as problem:  # a test may die of anything
            self.fail(what, f"{type(problem).__name__}: {problem}")
        else:
            self.ok()

    def finish(self):
        """Prints the closing line and ends the program."""
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed or not self.passed else 0)


def closing_counts(text):
    """(passed, failed) of the last closing line in a program's output, or None if it printed none."""
    for line in reversed(text.splitlines()):
        match = CLOSING_LINE.match(line.strip())
        if match:
            return int(match.group(1)), int(match.group(2))
    return None
