#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the includes that point upward, and same-row ones that are not listed. It informs a review; it fails nothing."""
import pathlib
import re
import sys

ROWS = [
    ["base", "os"],
    ["json", "codec", "model", "metrics", "tls"],
    ["wire", "expr", "partiql", "engine"],
    ["catalog", "table"],
    ["auth", "work"],
    ["api"],
    ["http"],
    ["server"],
]
# Same-row edges that are decisions; the last three are handed a struct of http's contract, never its code.
LISTED = {("os", "base"), ("codec", "json"), ("metrics", "model"), ("wire", "expr"), ("partiql", "expr"), ("table", "catalog"), ("work", "auth"),
          ("auth", "http"), ("api", "http"), ("work", "api")}

row_of = {folder: row for row, folders in enumerate(ROWS) for folder in folders}
source = pathlib.Path(__file__).resolve().parent.parent / "src"
edges = {}
for path in sorted(source.rglob("*.[ch]*")):
    folder = path.relative_to(source).parts[0]
    for included in re.findall(r'^#include "([a-z]+)/', path.read_text(), re.M):
        if included in row_of and folder in row_of and included != folder:
            edges.setdefault((folder, included), []).append(str(path.relative_to(source)))

found = 0
for (folder, included), files in sorted(edges.items()):
    if row_of[included] < row_of[folder] or (folder, included) in LISTED:
        continue
    found += 1
    kind = "upward" if row_of[included] > row_of[folder] else "sideways"
    print(f"{kind}: {folder} -> {included}: {', '.join(sorted(set(files)))}")
print(f"{found} includes to look at", file=sys.stderr)
