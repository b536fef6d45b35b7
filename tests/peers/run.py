#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stator and other servers that speak the DynamoDB API, on one machine in one run, under one load generator.

    tests/peers/run.py --build build [--rounds N] [--seconds S] [--only WORD] [--document docs/performance.md --charts docs/charts]
    tests/peers/run.py --render build/peers.json --document ... --charts ...        the page and the charts of an earlier run

Every server has the same core and the generator the other. All run at once, but those whose turn it is not are stopped. The
turns go round: each row is measured on every server, then the next row, then all again, so that a slow minute of the machine
meets all alike; medians over the rounds are told, and ratios are of two runs of the same round. README.md says what is compared.
"""

import argparse
import contextlib
import datetime
import json
import pathlib
import shutil
import statistics
import subprocess
import sys

TREE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TREE / "tests" / "bench"))

import charts
import page
import peers
import rig
import work

ANSWERS_MIN, SECONDS_MAX = 30, 6  # a run is as long as so many answers take, if that is not too long
FILL_CONNECTIONS = 8
SYNCS = ("fsync", "fdatasync", "msync")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=TREE / "build", help="the build folder (default: build)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each row is measured on each server (default: 3)")
    parser.add_argument("--seconds", type=float, default=0.8, help="length of a run (default: 0.8)")
    parser.add_argument("--starts", type=int, default=3, help="how often the start of each is timed (default: 3)")
    parser.add_argument("--warmup", type=float, default=1, help="factor of the warm-up of each server (default: 1)")
    parser.add_argument("--only", default="", help="only servers whose name holds this text, and Stator")
    parser.add_argument("--out", type=pathlib.Path, help="default: BUILD/peers.json")
    parser.add_argument("--preliminary", action="store_true", help="say on the page that the machine was not quiet")
    parser.add_argument("--document", type=pathlib.Path, help="a page to write the tables into, between their marks")
    parser.add_argument("--charts", type=pathlib.Path, help="a folder for the charts")
    parser.add_argument("--render", type=pathlib.Path, help="measure nothing: the figures of an earlier run")
    options = parser.parse_args()
    options.out = options.out or options.build / "peers.json"
    return options


def say(text):
    print(text, file=sys.stderr, flush=True)


class Bench:
    def __init__(self, options, folder, stack):
        self.options, self.folder, self.stack = options, folder, stack
        self.tools = (options.build / "tests" / "bench").resolve()
        self.root = peers.Root(TREE, (options.build / "stator").resolve(), TREE / "build" / "peers")
        self.missing = {}  # product: why it is not measured
        self.facts = {}    # of each server by its name
        self.runs = {}     # by name and row: figures of each round, or {"failed": why}
        self.running = []

    def note(self, peer, name, value):
        self.facts.setdefault(peer.name, {})[name] = value

    def install(self):
        wanted = [peer for peer in peers.PEERS if not peer.home or self.options.only.lower() in peer.name.lower()]
        for home in dict.fromkeys(peer.home for peer in wanted if peer.home):
            reason = peers.install(TREE, home)
            if reason:
                self.missing[home] = reason
                say(f"  without {home}: {reason}")
        return [peer for peer in wanted if peer.home not in self.missing]

    def start(self, peer, name):
        try:
            return peers.Running(peer, self.root, self.folder, name)
        except rig.NotReady as error:
            self.missing[peer.name] = f"it did not start: {error}"
            say(f"  without {peer.name}: {error}")
            return None

    def start_times(self, wanted):
        """On an empty folder, one after another, in turns."""
        seconds = {peer.name: [] for peer in wanted}
        for turn in range(self.options.starts):
            for number, peer in enumerate(wanted):
                server = self.start(peer, f"start-{number}") if peer.name not in self.missing else None
                if server:
                    seconds[peer.name].append(server.ready_s)
                    server.stop()
        for peer in wanted:
            if peer.name not in self.missing:
                self.note(peer, "start_s", statistics.median(seconds[peer.name]))
        return [peer for peer in wanted if peer.name not in self.missing]

    def load(self, server, workload, connections, seconds, warmup=0.2, **more):
        figures = rig.load(self.tools, server, workload, connections=connections, seconds=seconds, warmup=warmup,
                           keys=work.KEYS, **more)
        if "failed" not in figures and figures["requests"] == 0:
            figures["failed"] = f"no answer within {seconds:g} s"
        if "failed" not in figures:
            figures["requests_per_s"] = figures["requests"] / figures["seconds"]  # not rounded: some answer one in a second
        return figures

    def fill(self, server):
        for table, keys in (("bench", ["pk"]), ("bench-query", ["pk", "sk"])):
            server.table_create(table, *keys)
            figures = self.load(server, "fill" if table == "bench" else "fill-query", FILL_CONNECTIONS, 1)
            if "failed" in figures:
                raise rig.NotReady(f"filling {table}: {figures['failed']}")
        self.note(server.peer, "filled_per_s", figures["items_per_s"])

    def warm(self, server):
        """Every workload for a while. What a server does not know is found here, and not asked of it again."""
        for workload in work.workloads():
            figures = self.load(server, workload, work.ALONE, server.peer.warmup_s * self.options.warmup)
            server.rates[workload] = figures.get("requests_per_s", 0)
            if "UnknownOperation" in figures.get("failed", ""):
                server.unknown.add(workload)

    def seconds(self, server, row):
        slow = ANSWERS_MIN / max(server.rates[row.workload], 0.1)
        return max(self.options.seconds, min(slow, SECONDS_MAX))

    def open(self, wanted):
        """Starts, fills and warms all; each is stopped until its first turn."""
        for number, peer in enumerate(wanted):
            server = self.start(peer, f"server-{number}")
            if server is None:
                continue
            self.stack.callback(server.stop)
            try:
                self.fill(server)
            except (rig.NotReady, OSError, ValueError) as error:
                self.missing[peer.name] = f"it could not be filled: {error}"
                say(f"  without {peer.name}: {self.missing[peer.name]}")
                server.stop()
                continue
            self.warm(server)
            server.rest()
            self.running.append(server)
            say(f"  {peer.name}: started in {self.facts[peer.name]['start_s']:.3f} s, "
                f"filled at {self.facts[peer.name]['filled_per_s']:,.0f} items/s")

    def turn(self, server, row, seed):
        if row.workload in server.unknown:
            return {"unknown": True}
        if server.process.poll() is not None:
            return {"failed": "it had ended"}
        server.begin()
        figures = self.load(server, row.workload, row.connections, self.seconds(server, row), seed=seed)
        server.rest()
        figures.pop("per_connection", None)
        return figures

    def rounds(self):
        for number in range(self.options.rounds):
            for row in work.rows():
                for server in self.running:
                    figures = self.turn(server, row, number + 1)
                    self.runs.setdefault(server.peer.name, {}).setdefault(row.key(), []).append(figures)
                    if "failed" in figures:
                        say(f"  {server.peer.name}, {row.key()}: {figures['failed']}")
            say(f"  round {number + 1} of {self.options.rounds} is done")

    def syncs(self, server):
        """How often it syncs a file for one put, on one connection: what its files are worth after a power cut. None: it cannot be told."""
        counts = self.folder / "syncs"
        tracer = subprocess.Popen(["strace", "-f", "-qq", "-c", "-e", f"trace={','.join(SYNCS)}", "-o", counts,
                                   "-p", str(server.pid)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        figures = self.load(server, "put", 1, self.options.seconds, warmup=0)
        tracer.terminate()
        tracer.wait()
        lines = [line.split() for line in counts.read_text().splitlines()] if counts.exists() else []
        total = sum(int(words[3]) for words in lines if words and words[-1] in SYNCS)
        return None if "failed" in figures else total / figures["requests"]

    def count_syncs(self):
        if not shutil.which("strace"):
            return
        for server in self.running:
            if server.process.poll() is None:
                server.begin()
                self.note(server.peer, "syncs_per_put", self.syncs(server))
                server.rest()

    def last_facts(self):
        for server in self.running:
            if server.process.poll() is None:
                server.begin()
                self.note(server.peer, "rss_bytes", server.rss_bytes())
                server.stop()
            self.note(server.peer, "disk_bytes", server.disk_bytes())

    def run(self):
        wanted = self.start_times(self.install())
        self.open(wanted)
        self.rounds()
        self.count_syncs()
        self.last_facts()
        homes = {server.peer.home for server in self.running}
        return {"date": datetime.date.today().isoformat(), "machine": rig.machine(),
                "versions": peers.versions(self.root, homes), "rocksdb": rig.rocksdb_library(self.root.stator),
                "rounds": self.options.rounds, "seconds": self.options.seconds, "keys": work.KEYS,
                "preliminary": self.options.preliminary, "missing": self.missing, "facts": self.facts, "runs": self.runs}


def measure(options):
    folder = options.build.resolve() / "peers-data"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with contextlib.ExitStack() as stack:
        figures = Bench(options, folder, stack).run()
    shutil.rmtree(folder, ignore_errors=True)
    options.out.write_text(json.dumps(figures, indent=1) + "\n")
    return figures


def main():
    options = arguments()
    figures = json.loads(options.render.read_text()) if options.render else measure(options)
    told = page.Page(figures)
    print(told.terminal())
    if options.document:
        told.write_into(options.document)
    if options.charts:
        charts.write_all(options.charts, told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
