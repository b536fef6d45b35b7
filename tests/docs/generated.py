#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The pages that the program itself prints are those of docs/: docs/configuration.md is `stator config --page`."""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib.server import PROGRAM
from lib.tally import Tally

PAGES = {"docs/configuration.md": ["config", "--page"]}


def main():
    tally = Tally()
    for path, command in PAGES.items():
        printed = subprocess.run([PROGRAM, *command], capture_output=True, text=True, check=True).stdout
        with open(os.path.join(ROOT, path)) as page:
            tally.check(printed == page.read(), f"{path} is what `stator {' '.join(command)}` prints")
    tally.finish()


if __name__ == "__main__":
    main()
