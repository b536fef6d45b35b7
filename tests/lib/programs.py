# SPDX-License-Identifier: Apache-2.0
"""Runs the compiled test programs of one build folder (unit tests, engine tests) and adds up what they print.

    programs.py BUILD_FOLDER [--jobs N] [--only WORD]

The programs are those that Meson lists; each prints `N passed, N failed`. One that dies or prints no such line counts as
one failed test, and its output is shown.
"""

import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib.suites import SANITIZER_OPTIONS
from lib.tally import closing_counts

TELLING = re.compile(r"FAIL|Assertion|ASSERT|ERROR: |WARNING: |runtime error|no end after|exit status")


def list_programs(folder):
    listed = subprocess.run(["meson", "introspect", "--tests", folder], check=True, capture_output=True, text=True)
    return [(test["name"], test["cmd"], test["env"], test["timeout"] or 120) for test in json.loads(listed.stdout)]


def run_program(name, command, extra, timeout):
    environment = {**os.environ, **SANITIZER_OPTIONS, **extra}
    try:
        ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, errors="replace", timeout=timeout)
    except subprocess.TimeoutExpired as late:
        output = late.stdout.decode(errors="replace") if isinstance(late.stdout, bytes) else late.stdout or ""
        return name, (0, 1), f"no end after {timeout} s\n{output}"
    counts = closing_counts(ended.stdout)
    if counts is None:
        return name, (0, 1), f"exit status {ended.returncode}, no closing line\n{ended.stdout}"
    if ended.returncode != 0 and counts[1] == 0:
        return name, (counts[0], 1), f"exit status {ended.returncode} after the closing line\n{ended.stdout}"
    return name, counts, ended.stdout if counts[1] else ""


def telling_lines(output):
    """What to show of a failed program: the lines that say what went wrong, then the last ones."""
    lines = output.splitlines()
    return [line for line in lines if TELLING.search(line)][:20] + ["..."] + lines[-40:]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--only", default="")
    options = options.parse_args()

    programs = [p for p in list_programs(options.folder) if options.only in p[0]]
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for name, counts, output in pool.map(lambda p: run_program(*p), programs):
            passed += counts[0]
            failed += counts[1]
            if counts[1]:
                print(f"FAIL {name}")
                print("\n".join("    " + line for line in telling_lines(output)))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
