# SPDX-License-Identifier: Apache-2.0
"""What is known of the differences: verdicts.txt, read into rules that explain them.

    stator the title of a class of differences
        why, in words, and which subject of the record of the service says so
        ~ a regular expression
        ~ another

The first word says who speaks as the service does: `stator`, `local`, `both` (the service has been seen to do either, or
the difference is one of kind and not of meaning) or `open` (no record decides). The expressions are searched for in the line
that a Difference makes of itself; the first verdict that has one that fits explains it, so narrow ones stand first.
"""

import os
import re

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "verdicts.txt")
VOICES = ("stator", "local", "both", "open")


class VerdictError(Exception):
    pass


class Verdict:
    def __init__(self, right, title):
        self.right, self.title = right, title
        self.reason, self.patterns = [], []

    def explains(self, difference):
        line = difference.line()
        return any(pattern.search(line) for pattern in self.patterns)


def read_verdicts(path=PATH):
    """The verdicts in their order. VerdictError for a line that is none, or a verdict without reason or pattern."""
    verdicts = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            if not line.startswith(" "):
                right, _, title = text.partition(" ")
                if right not in VOICES or not title:
                    raise VerdictError(f"{path}:{number}: neither of {', '.join(VOICES)} with a title")
                verdicts.append(Verdict(right, title))
            elif text.startswith("~ "):
                verdicts[-1].patterns.append(re.compile(text[2:], re.DOTALL))
            else:
                verdicts[-1].reason.append(text)
    for verdict in verdicts:
        if not verdict.reason or not verdict.patterns:
            raise VerdictError(f"{path}: {verdict.title!r} has no reason or no pattern")
    return verdicts
