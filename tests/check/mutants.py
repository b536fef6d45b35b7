#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which test catches which mistake: mutants of the server, and the first suite that fails for each.

    mutants.py                      every mutant, suites in order of cost until one fails; writes docs/mutants.md (hours)
    mutants.py WORD ...             those whose names contain a word
    mutants.py --new                those that the table does not know yet
    mutants.py --confirm            each mutant against the suite that caught it last, alone (much less)
    mutants.py --suites a,b ...     these suites alone, in this order; unit:WORD is those compiled tests
    mutants.py --table              only write docs/mutants.md again

A mutant is one small mistake in the sources, mutants/NAME.mutant: what it breaks, the file, and pieces of text to be replaced, each
of which must stand in it once. It is put into a copy of the tree under build/mutants, built there, tried and taken back. What was found
is kept in mutants/caught.json, so that the table can be made piece by piece.

A mutant that nothing catches means that a test is missing; the run fails for it.
"""

import argparse
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib.server import ROOT
from lib.tally import Tally, closing_counts

HERE = os.path.join(ROOT, "tests", "check", "mutants")
CAUGHT = os.path.join(HERE, "caught.json")
PAGE = os.path.join(ROOT, "docs", "mutants.md")
TREE = os.path.join(ROOT, "build", "mutants", "tree")
BUILD = os.path.join(ROOT, "build", "mutants", "build")
COPIED = ("src", "tests", "tools", "meson.build", "meson_options.txt")
PYTHON = sys.executable
PATIENCE = 600
LINE_MAX = 140
SHOWN = re.compile(r"^FAIL|Assertion|ASSERT")


class Suite:
    """`targets` are built before it. A command runs in the unchanged tree, against the mutant's server."""

    def __init__(self, name, command, targets=("stator",)):
        self.name, self.command, self.targets = name, command, targets


def script(name, path, *arguments, targets=("stator",)):
    return Suite(name, [PYTHON, os.path.join(ROOT, path), *arguments], targets)


def programs(name, word):
    """The compiled tests whose names contain the word."""
    return Suite(name, [PYTHON, os.path.join(TREE, "tests", "lib", "programs.py"), BUILD, "--jobs", "2", "--only", word],
                 lambda: targets_of(word))


def targets_of(word):
    listed = subprocess.run(["meson", "introspect", "--tests", BUILD], check=True, capture_output=True, text=True)
    paths = {test["cmd"][0] for test in json.loads(listed.stdout) if word in test["name"]}
    return [os.path.relpath(path, BUILD) for path in sorted(paths) if path.startswith(BUILD)]


# In the order of their cost on a quiet machine, from seconds to minutes.
SUITES = [
    script("check-transactions", "tests/check/run.py", "transactions", "--seed", "1"),
    script("check-items", "tests/check/run.py", "items", "--seed", "1"),
    script("conformance-memory", "tests/conformance/run.py", "--engine", "memory"),
    script("simulation", "tests/sim/run.py", "--seeds", "300", "--seed", "1", "--program", os.path.join(BUILD, "tests", "sim", "sim"),
           targets=("tests/sim/sim",)),
    script("ttl", "tests/fault/ttl.py"),
    script("index-build", "tests/fault/index_build.py", "--items", "10000"),
    script("conformance-rocksdb", "tests/conformance/run.py", "--engine", "rocksdb"),
    programs("engine", "engine_"),
    programs("unit", ""),
    script("model-rocksdb", "tests/model/run.py", "--operations", "20000", "--seed", "1", "--engine", "rocksdb"),
    script("kill9", "tests/fault/kill9.py", "--kills", "10", "--seed", "1"),
    script("streams", "tests/fault/streams.py", "--kills", "5"),
    script("poller", "tests/fault/poller.py", "--kills", "3"),
    script("flips", "tests/fault/flips.py", "--flips", "60", targets=("stator", "tests/fault/flip")),
    script("disk-full", "tests/fault/disk_full.py"),
    script("differential", "tests/differential/run.py", "--requests", "100000"),
    script("powercut", "tests/fault/powercut.py", "--cuts", "20", "--seed", "1", targets=("stator", "tests/fault/disk/libdisk.so")),
]


class Mutant:
    """What stands in NAME.mutant: `breaks:` and `file:` lines, then pieces <<<< old ==== new >>>>."""

    def __init__(self, path):
        self.name = os.path.basename(path)[: -len(".mutant")]
        with open(path) as file:
            text = file.read()
        self.breaks = re.search(r"^breaks: (.*)$", text, re.MULTILINE)[1]
        self.file = re.search(r"^file: (.*)$", text, re.MULTILINE)[1]
        self.pieces = re.findall(r"^<<<<\n(.*?)^====\n(.*?)^>>>>$", text, re.MULTILINE | re.DOTALL)

    def applied(self, source):
        """The source with the mistake in it. ValueError when a piece does not stand there exactly once."""
        if not self.pieces:
            raise ValueError(f"{self.name}: no pieces")
        for old, new in self.pieces:
            if source.count(old) != 1:
                raise ValueError(f"{self.name}: stands {source.count(old)} times in {self.file}:\n{old}")
            source = source.replace(old, new)
        return source


def mutants():
    return [Mutant(os.path.join(HERE, name)) for name in sorted(os.listdir(HERE)) if name.endswith(".mutant")]


def read(*path):
    with open(os.path.join(*path)) as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


# ---- the copy ----

def copy_tree():
    """The files of the tree, as they are here; those that are the same already are left alone, for Ninja's sake."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", *COPIED], cwd=ROOT, check=True,
                            capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        source, copy = os.path.join(ROOT, name), os.path.join(TREE, name)
        if not os.path.isfile(source) or name.endswith(".mutant"):
            continue
        with open(source, "rb") as file:
            content = file.read()
        if os.path.exists(copy):
            with open(copy, "rb") as file:
                if file.read() == content:
                    continue
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        shutil.copy(source, copy)
    if not os.path.exists(os.path.join(BUILD, "build.ninja")):
        subprocess.run(["meson", "setup", BUILD, TREE], check=True, stdout=subprocess.DEVNULL)


def build(targets):
    """None, or what the compiler said."""
    done = subprocess.run(["ninja", "-j2", "-C", BUILD, *targets], capture_output=True, text=True)
    return None if done.returncode == 0 else done.stdout[-1000:]


# ---- one mutant ----

def telling(lines):
    """The first failure in a suite's output, with what stands below it."""
    for at, line in enumerate(lines):
        if SHOWN.search(line):
            below = [text.strip() for text in lines[at + 1 : at + 3] if text.startswith("    ") and " complaints" not in text]
            return " / ".join([line.strip(), *below])[:LINE_MAX]
    return (lines or ["no output"])[-1].strip()[:LINE_MAX]


def run_suite(suite):
    """(failed, the first line that tells)"""
    environment = {**os.environ, "STATOR": os.path.join(BUILD, "stator")}
    with open(os.path.join(ROOT, "build", "mutants", "log"), "w+") as log:
        child = subprocess.Popen(suite.command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log,
                                 stderr=subprocess.STDOUT, start_new_session=True)
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, 9)
            child.wait()
            return True, f"no end after {PATIENCE} s"
        log.seek(0)
        text = log.read()
    counts = closing_counts(text)
    if child.returncode == 0 and counts is not None and counts[1] == 0:
        return False, ""
    return True, telling(text.splitlines())


def try_mutant(mutant, suites):
    """The first suite that fails as {"suite", "seconds", "line"}, or None."""
    path = os.path.join(TREE, mutant.file)
    sound = read(ROOT, mutant.file)
    write(path, mutant.applied(sound))
    begun = time.monotonic()
    try:
        for suite in suites:
            said = build(suite.targets() if callable(suite.targets) else suite.targets)
            if said:
                raise RuntimeError(f"{mutant.name} does not compile:\n{said}")
            started = time.monotonic()
            failed, line = run_suite(suite)
            print(f"    {suite.name}: {'caught' if failed else 'not caught'}, {time.monotonic() - started:.0f} s {line}", flush=True)
            if failed:
                return {"suite": suite.name, "seconds": round(time.monotonic() - started), "line": line,
                        "date": datetime.date.today().isoformat()}
    finally:
        write(path, sound)
    print(f"    nothing caught it in {time.monotonic() - begun:.0f} s", flush=True)
    return None


# ---- the table ----

HEAD = """# Mutants

Mistakes made on purpose, each alone in a copy of the server, and the first suite that failed, in the order of what suites cost (`python3 tests/check/mutants.py`; how it works
stands at its head, the mistakes in [tests/check/mutants](../tests/check/mutants)). Seconds are those of the suite that failed, on a machine that did other things too. A mutant that nothing catches means that a test is missing.

| mutant | what it breaks | where | caught by | s | it said |
|---|---|---|---|---|---|
"""


def load_caught():
    return json.loads(read(CAUGHT)) if os.path.exists(CAUGHT) else {}


def save(caught):
    write(CAUGHT, json.dumps(caught, indent=1, sort_keys=True) + "\n")
    rows = []
    for mutant in mutants():
        found = caught.get(mutant.name, {"suite": "not tried yet", "seconds": "", "line": ""})
        line = found["line"].replace("|", "\\|").replace("`", "'")
        rows.append(f"| {mutant.name} | {mutant.breaks} | {mutant.file} | {found['suite']} | {found['seconds']} | {line} |")
    write(PAGE, HEAD + "\n".join(rows) + "\n")


def suite_named(name):
    """One of the list, or `unit:WORD`: the compiled tests whose names contain the word."""
    kind, _, word = name.partition(":")
    return programs(name, word) if word else next(suite for suite in SUITES if suite.name == kind)


def chosen_suites(options, known):
    if options.suites:
        return [suite_named(name) for name in options.suites.split(",")]
    if options.confirm and known:
        return [suite_named(known["suite"])]
    return SUITES


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("words", nargs="*")
    options.add_argument("--new", action="store_true")
    options.add_argument("--confirm", action="store_true")
    options.add_argument("--suites")
    options.add_argument("--table", action="store_true")
    options = options.parse_args()

    tally, caught = Tally(), load_caught()
    if options.table:
        save(caught)
        return
    wanted = [m for m in mutants() if not options.words or any(word in m.name for word in options.words)]
    if options.new:
        wanted = [m for m in wanted if m.name not in caught]
    copy_tree()
    for mutant in wanted:
        print(f"{mutant.name}: {mutant.breaks}", flush=True)
        found = try_mutant(mutant, chosen_suites(options, caught.get(mutant.name)))
        tally.check(found, f"{mutant.name} is caught")
        if found:
            caught = {**load_caught(), mutant.name: found}
            save(caught)
    tally.finish()


if __name__ == "__main__":
    main()
