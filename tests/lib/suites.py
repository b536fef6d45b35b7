# SPDX-License-Identifier: Apache-2.0
"""The list of what `make test` does: preparation steps and suites, with what each needs and how much room it takes.

A new suite is one line here. `slots` is how many cores it keeps busy; `needs` names steps that must have succeeded.
"""

import sys
from dataclasses import dataclass


@dataclass(eq=False)
class Step:
    name: str
    command: list
    needs: tuple = ()
    is_suite: bool = True
    slots: int = 1
    timeout: int = 600


def python(script, *arguments):
    return [sys.executable, script, *arguments]


def preparation():
    return [
        Step("build", ["make", "--no-print-directory", "all"], is_suite=False, slots=2, timeout=1800),
        Step("build-asan", ["make", "--no-print-directory", "build-asan"], needs=("build",), is_suite=False, slots=2,
             timeout=1800),
    ]


def suites(long):
    return [
        Step("unit", python("tests/lib/programs.py", "build", "--jobs", "1"), needs=("build",)),
        Step("unit-asan", python("tests/lib/programs.py", "build/asan", "--jobs", "1"), needs=("build-asan",)),
    ]


def all_steps(long):
    return preparation() + suites(long)
