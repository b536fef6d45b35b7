# SPDX-License-Identifier: Apache-2.0
"""Speaks every conformance case to Stator and to DynamoDB Local, and lists where the two differ.

    run.py [--jobs N] [--list FILE] [--document FILE] [FILE|FOLDER|WORD...]

DynamoDB Local is a second voice, not a judge: many of its texts are known to differ from the service's. So each class of
differences has a verdict in verdicts.txt, with its reason. A difference that no verdict explains fails, and so does a case
that Stator does not answer as written. --list writes every difference to FILE as JSON, one a line; --document writes the
table of classes into FILE, between its marks.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from conformance import run as conformance
from lib.server import Server
from lib.tally import Tally
from local.compare import Pair
from local.installed import Local, version
from local.verdicts import read_verdicts

MARKS = ("<!-- differences: written by tests/local/run.py -->", "<!-- end of differences -->")
STATES_LONGER = 3
VOICE_NAMES = {"stator": "Stator", "local": "DynamoDB Local", "both": "both", "open": "open"}


def run_one(ports, tally, where, case, variables):
    """The differences of one run of a case; none if Stator failed it, which the tally then has."""
    try:
        return list(Pair(*ports, where, case, variables).differences())
    except Exception as problem:  # whatever it is, it is Stator that did not answer as the case says
        tally.fail(where, f"{type(problem).__name__}: {problem}")
        return None


def unhurried(options):
    """The options that cases ask for, with states that last longer: here two servers take each step in turn."""
    options = list(options)
    if "--state-delay" in options:
        at = options.index("--state-delay") + 1
        options[at] = str(int(options[at]) * STATES_LONGER)
    return options


def run_all(cases, options, tally):
    """Every difference of every case; a pair of servers for each set of options that cases ask of Stator."""
    found = []
    for server_options in sorted({case.setup.server for _, case in cases}):
        with Local() as local, Server("memory", options=unhurried(server_options or conformance.USUAL_SERVER)) as server, \
                concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            runs = [pool.submit(run_one, (server.port, local.port), tally,
                                where.replace(case.name, label) if label != case.name else where, case, variables)
                    for where, case in cases if case.setup.server == server_options for label, variables in case.runs()]
            found += [each.result() for each in runs]
    return [differences for differences in found if differences is not None]


def explained(results, verdicts, tally):
    """How many differences each verdict explains; those that none explains fail."""
    counts = collections.Counter()
    for differences in results:
        left = []
        for difference in differences:
            verdict = next((verdict for verdict in verdicts if verdict.explains(difference)), None)
            counts[verdict] += 1
            if verdict is None:
                left.append(difference)
        if not left:
            tally.ok()
        for difference in left:
            tally.fail(difference.where, f"{difference.kind} {difference.operation}\nStator  {difference.ours}\n"
                                         f"Local   {difference.theirs}")
    return counts


def summary(results):
    same = sum(1 for differences in results if not differences)
    return f"{len(results)} runs of cases, {same} without a difference, {sum(map(len, results))} differences in all"


def document(path, results, verdicts, counts):
    """Puts the table of classes between the marks of a document."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    head, _, rest = text.partition(MARKS[0])
    _, _, tail = rest.partition(MARKS[1])
    rows = [f"DynamoDB Local {version()}: {summary(results)}.", "", "| differences | right | what differs, and why |", "|---:|---|---|"]
    rows += [f"| {counts[verdict]} | {VOICE_NAMES[verdict.right]} | {verdict.title}. {' '.join(verdict.reason)} |"
             for verdict in verdicts if counts[verdict]]
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + MARKS[0] + "\n" + "\n".join(rows) + "\n" + MARKS[1] + tail)


def main():
    sys.setrecursionlimit(20000)  # some values are nested on purpose
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="*")
    parser.add_argument("--jobs", type=int, default=4)
    parser.add_argument("--list", metavar="FILE")
    parser.add_argument("--document", metavar="FILE")
    options = parser.parse_args()

    tally, verdicts = Tally(), read_verdicts()
    results = run_all(conformance.find_cases(options.words), options, tally)
    if options.list:
        with open(options.list, "w") as file:
            for difference in (each for differences in results for each in differences):
                file.write(json.dumps(dataclasses.asdict(difference)) + "\n")
    counts = explained(results, verdicts, tally)
    for verdict in verdicts:
        if counts[verdict]:
            print(f"{counts[verdict]:5}  {VOICE_NAMES[verdict.right]:14} {verdict.title}")
        elif not options.words:
            tally.fail(f"a verdict that explains nothing any more: {verdict.title}")
    print(summary(results))
    if options.document:
        document(options.document, results, verdicts, counts)
    tally.finish()


if __name__ == "__main__":
    main()
