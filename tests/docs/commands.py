#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every command of the pages for users, as they stand there.

The blocks marked sh of a page are one session of bash in an empty folder, with the program and the AWS CLI at hand and ports of our own in the place of those
that the page names. A command that fails ends it. A server that is started in the background is waited for before the next command, as a reader would.
"""

import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib.server import free_port
from lib.tally import Tally

PAGES = ["docs/operating.md", "docs/first-session.md", "docs/from-dynamodb-local.md"]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
PORT = re.compile(r"(?<=:)(8\d{3}|9100)\b")
PATIENCE_SECONDS = 300
BEGIN = """set -e -o pipefail -m
trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
await_ready() { until grep -q stator.ready "$1"; do kill -0 $!; sleep 0.02; done; }
"""


def session(text, lab):
    """The page's blocks as one script; each command is told before it runs."""
    ports, lines, servers = {}, [], 0
    for block in BLOCK.findall(text):
        for line in block.splitlines():
            line = PORT.sub(lambda match: str(ports.setdefault(match.group(1), free_port())), line)
            lines.append(f"printf '\\n+ %s\\n' {shell_quoted(line)}")
            if "stator serve" in line and line.endswith("&"):
                servers += 1
                lines += [f"{line[:-1]} > {lab}/ready.{servers} 2>&1 &", f"await_ready {lab}/ready.{servers}"]
            else:
                lines.append(line)
    return BEGIN + "\n".join(lines) + "\n", len([line for line in lines if line.startswith("printf '\\n+")])


def shell_quoted(line):
    return "'" + line.replace("'", "'\\''") + "'"


def run(tally, page):
    with tempfile.TemporaryDirectory(prefix="stator-docs-") as lab, tempfile.TemporaryDirectory(prefix="stator-docs-") as folder:
        with open(os.path.join(ROOT, page)) as file:
            script, commands = session(file.read(), lab)
        path = os.pathsep.join([os.path.join(ROOT, "build"), os.path.join(ROOT, "build", "venv", "bin"), os.environ["PATH"]])
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "STATOR"))}
        ended = subprocess.run(["bash", "-c", script], cwd=folder, env={**clean, "PATH": path, "HOME": lab}, capture_output=True, text=True,
                               timeout=PATIENCE_SECONDS)
        done = ended.stdout.count("\n+ ")
        logs = "".join(open(os.path.join(lab, name)).read()[-600:] for name in sorted(os.listdir(lab)) if name.startswith("ready."))
        tally.check(ended.returncode == 0 and done == commands, f"{page}: {done} of {commands} commands",
                    ended.stdout[-1500:] + ended.stderr[-1500:] + logs)
        for _ in range(done - (ended.returncode != 0)):
            tally.ok()


def main():
    tally = Tally()
    for page in PAGES:
        run(tally, page)
    tally.finish()


if __name__ == "__main__":
    main()
