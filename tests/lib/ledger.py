# SPDX-License-Identifier: Apache-2.0
"""The ledger of long runs: one line of JSON for each, appended, never changed.

A suite that was told to --record calls record() once, when it has ended well or badly. tools/gen_reliability.py makes docs/reliability.md of
the lines; a kind that it does not know is an error there, so a new kind begins with its words in that script.
"""

import datetime
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PATH = os.path.join(ROOT, "docs", "ledger.jsonl")
KEYS = ("date", "commit", "kind", "seeds", "counts", "seconds", "command")


def commit():
    """The commit that is checked out, with a + when the sources differ from it."""
    def git(*words):
        return subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "src", "tests")
    return git("rev-parse", "--short=9", "HEAD") + ("+" if changed else "")


def command():
    """How this program was called, as it may be called again from the root of the tree."""
    words = [os.path.relpath(os.path.abspath(sys.argv[0]), ROOT), *(word for word in sys.argv[1:] if word != "--record")]
    return " ".join(["python3", *words])


def record(kind, counts, seconds, seeds=None, how=None):
    """Appends a run. `counts` are whole numbers by name and hold "violations"; `seeds` as one would give them again."""
    if "violations" not in counts:
        raise ValueError("a run says how many violations it found")
    line = dict(zip(KEYS, (datetime.date.today().isoformat(), commit(), kind, None if seeds is None else str(seeds),
                           counts, round(seconds), how or command())))
    with open(PATH, "a") as ledger:
        ledger.write(json.dumps(line) + "\n")


def lines(path=PATH):
    with open(path) as ledger:
        return [json.loads(line) for line in ledger if line.strip()]
