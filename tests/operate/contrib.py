#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The dashboard and the alerts of contrib/, and the page of metrics, against what a running server tells.

    contrib.py             judges
    contrib.py --write     makes docs/metrics.md anew
"""

import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib import wait
from lib.client import Client
from lib.server import PROGRAM, Server, free_port
from lib.tally import Tally

DASHBOARD = os.path.join(ROOT, "contrib", "grafana", "stator.json")
PAGE = os.path.join(ROOT, "docs", "metrics.md")
RULES = os.path.join(ROOT, "contrib", "prometheus", "stator.rules.yml")
OTHERS = {"up"}  # Prometheus' own
ALWAYS = {"job", "instance", "le"}  # what Prometheus adds, and what parts a histogram
SELECTED = re.compile(r"\b((?:stator|process)_[a-z0-9_]+)(?:\{([^}]*)\})?")
GROUPED = re.compile(r"by \(([^)]*)\)")
LINE = re.compile(r"^([a-z_0-9]+)(?:\{(.*)\})? \S+$")


def expressions():
    """(where it stands, PromQL)."""
    for panel in json.load(open(DASHBOARD))["panels"]:
        for target in panel.get("targets", []):
            yield f"panel '{panel['title']}'", target["expr"]
    alert = None
    for line in open(RULES):
        if match := re.match(r"\s*- alert: (\w+)", line):
            alert = match.group(1)
        if match := re.match(r"\s*expr: (.*)", line):
            yield f"alert {alert}", match.group(1)


def told(lab):
    """{name: set of labels} of a server that has done something of everything."""
    subprocess.run([PROGRAM, "cert", lab], check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    with Server(options=[f"--tls-certificate={lab}/certificate.pem", f"--tls-key={lab}/key.pem", f"--admin=http://127.0.0.1:{port}"]):
        client = Client(port)
        units = {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}
        client.must("CreateTable", {"TableName": "books", "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}], "ProvisionedThroughput": units,
                                    "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"}]})
        wait.until(lambda: client.must("DescribeTable", {"TableName": "books"})["Table"]["TableStatus"] == "ACTIVE", "a table")
        while client.call("PutItem", {"TableName": "books", "Item": {"p": {"S": "x"}, "v": {"S": "y" * 3000}}}).status == 200:
            pass
        page = client.send("GET", "/metrics", {}, None).body.decode()
        client.close()
    seen = {}
    for line in page.splitlines():
        if not line.startswith("#"):
            name, labels = LINE.match(line).groups()
            seen.setdefault(name, set()).update(re.findall(r'(\w+)="', labels or ""))
    return seen, page


def document(page, seen):
    """docs/metrics.md."""
    lines = ["# Metrics", "", "Made by `tests/operate/contrib.py --write` from what a server tells. `GET /metrics` is served on the addresses of `--listen` that only this machine can",
             "reach, or on that of `--admin`; [contrib/](../contrib/) has a dashboard and alerts, [operating.md](operating.md) what to do when. Counters begin at zero with each start;",
             "of what never happened there may be no line.", "", "| metric | kind | labels | what it says |", "|---|---|---|---|"]
    helps = dict(re.findall(r"^# HELP (\S+) (.*)$", page, re.M))
    for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", page, re.M):
        labels = set().union(*(seen.get(name + suffix, set()) for suffix in ("", "_bucket"))) - {"le"}
        lines.append(f"| `{name}` | {kind} | {' '.join(sorted(labels))} | {helps[name]} |")
    return "\n".join(lines) + "\n"


def judge(tally, where, expression, seen):
    names = SELECTED.findall(expression)
    tally.check(names or OTHERS & set(re.findall(r"\b\w+\b", expression)), f"{where} asks for something", expression)
    known = set(ALWAYS)
    for name, matchers in names:
        if not tally.check(name in seen, f"{where}: {name} is told", sorted(seen)):
            continue
        known |= seen[name]
        asked = set(re.findall(r'(\w+)\s*(?:=~|!~|!=|=)"', matchers))
        tally.check(asked <= seen[name] | ALWAYS, f"{where}: {name} has the labels it is chosen by", f"asked {asked}, told {seen[name]}")
    for group in GROUPED.findall(expression):
        asked = {label.strip() for label in group.split(",")}
        tally.check(asked <= known, f"{where}: what it groups by is a label", f"asked {asked}, told {known}")
    tally.check(expression.count("(") == expression.count(")"), f"{where}: parentheses", expression)


def main():
    tally = Tally()
    fresh = subprocess.run([sys.executable, os.path.join(ROOT, "tools", "gen_dashboard.py"), "--check"], stdout=subprocess.DEVNULL)
    tally.equal(fresh.returncode, 0, "contrib/grafana/stator.json is what tools/gen_dashboard.py makes")
    with tempfile.TemporaryDirectory(prefix="stator-contrib-") as lab:
        seen, page = told(lab)
    if "--write" in sys.argv[1:]:
        with open(PAGE, "w") as file:
            file.write(document(page, seen))
        return
    tally.check(open(PAGE).read() == document(page, seen), "docs/metrics.md is what a server tells: make it anew with --write")
    for where, expression in expressions():
        judge(tally, where, expression, seen)
    tally.finish()


if __name__ == "__main__":
    main()
