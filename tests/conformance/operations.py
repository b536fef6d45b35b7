# SPDX-License-Identifier: Apache-2.0
"""Holds docs/conformance.md against the code: every operation of the API has its place there, among those that are not built
exactly if src/api/handlers.def has no handler for it, and every link leads somewhere. No server is needed.
"""

import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib.server import ROOT
from lib.tally import Tally

DOCUMENT = os.path.join("docs", "conformance.md")
NOT_BUILT = "### Not built"


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def operations():
    model = json.loads(read("src", "model", "api-model.json"))
    return sorted(name for service in ("dynamodb", "streams") for name in model[service]["operations"])


def built(names):
    """Those of the names that have a handler: OPERATION_PUT_ITEM is PutItem."""
    handled = {name.replace("_", "").lower() for name in re.findall(r"OPERATION_(\w+)", read("src", "api", "handlers.def"))}
    return {name for name in names if name.lower() in handled}


def section(text, title):
    """The words from a heading to the next of its rank or above."""
    rank = len(title.split()[0])
    rest = text[text.index(title + "\n") + len(title):]
    end = re.search(rf"^#{{1,{rank}}} ", rest, re.MULTILINE)
    return rest[:end.start()] if end else rest


def main():
    tally, text, names = Tally(), read(DOCUMENT), operations()
    told, absent = section(text, "## Operations"), section(text, NOT_BUILT)
    handled = built(names)
    for name in names:
        word = re.compile(rf"\b{name}\b")
        tally.check(word.search(told), f"{DOCUMENT} says nothing of {name}")
        tally.equal(bool(word.search(absent)), name not in handled, f"whether {DOCUMENT} counts {name} among those not built")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        tally.check(os.path.exists(os.path.join(ROOT, "docs", target)), f"{DOCUMENT} links to {target}, which is not there")
    tally.finish()


if __name__ == "__main__":
    main()
