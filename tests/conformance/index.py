# SPDX-License-Identifier: Apache-2.0
"""Holds the messages of the service, messages.txt, against what the cases expect.

A message that no case expects is one that could change unseen. The texts of errors are taken from the case files as a run
would compare them, with the rows of `each` filled in; no server is needed.
"""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from conformance import match, notation
from conformance.run import find_cases
from lib.tally import Tally

MESSAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "messages.txt")
ENVELOPE = "1 validation error detected: "
WHOLE = re.compile(r"matches: (\^.*\$)$", re.S)  # for messages that hold a dump of the request
SEEN_THROUGH = {"unordered": list, "contains": lambda inner: inner}  # markers whose inside is compared word for word


def messages():
    """(template, line) of every text that must be expected, those that also come in the envelope twice."""
    with open(MESSAGES, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            text = line.rstrip("\n")
            if text and not text.startswith("#"):
                twice = text.startswith("+ ")
                yield text.removeprefix("+ "), number
                if twice:
                    yield ENVELOPE + text[2:], number


def expected_texts():
    """The texts of errors that cases expect, and the patterns, if they stand for the whole text."""
    texts, patterns = set(), set()
    for _, case in find_cases([]):
        for _, row in case.runs():
            for text in texts_of(case, row):
                (patterns if WHOLE.match(text) else texts).add(text)
    return texts, [re.compile(WHOLE.match(text)[1], re.S) for text in patterns]


def texts_of(case, row):
    variables = {**match.MARKERS, **SEEN_THROUGH, **{name: name for name in case.setup.names}, "token": "token"}
    for name, value in row.items():
        variables[name] = notation.evaluate(value, variables)
    for step in case.steps:
        if step.kind == "save":
            variables[step.name] = "0"
        elif getattr(step, "expect", None) and step.expect.body is not None:
            yield from strings(expected_body(step, variables))


def expected_body(step, variables):
    """What a step expects as a value; of an http step the text as it stands, whose messages are quoted in JSON."""
    body = step.expect.body
    if step.kind == "http":
        return re.findall(r'"[Mm]essage":"((?:[^"\\]|\\.)*)"', body)
    if not isinstance(body, str):
        return notation.evaluate(body, variables)
    return notation.evaluate(notation.parse(body), variables) if body[:1] in ('"', "$") else body


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def is_expected(template, texts, patterns):
    if "*" not in template:
        return template in texts
    whole = re.compile(".*".join(re.escape(part) for part in template.split("*")), re.S)
    return any(map(whole.fullmatch, texts)) or any(each.match(template) for each in patterns)


def main():
    sys.setrecursionlimit(20000)  # some values are nested on purpose
    tally, (texts, patterns) = Tally(), expected_texts()
    for template, line in messages():
        tally.check(is_expected(template, texts, patterns), f"messages.txt:{line}: a case expects this message", template)
    tally.finish()


if __name__ == "__main__":
    main()
