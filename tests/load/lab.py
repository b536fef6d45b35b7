# SPDX-License-Identifier: Apache-2.0
"""What the scenes of load and overload share: a server with tables, loads beside one another, figures as ratios.

A machine is never quiet, so no figure here stands alone. What is judged is the ratio of two phases of one run, one with what is tried and
one without, taken in turns (with, without, without, with, ...); the median of the ratios is told. Latencies are of an open loop: they count
from when a request was due, so that a slow server cannot slow the questions down.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parent / "bench"))
import rig

ROOT = HERE.parent.parent
PROBE_RATE_MAX = 5000  # a probe asks no more than this: it is there to look, not to load


@dataclass
class Row:
    """A line of the table. `met` None: told, not judged."""
    scene: str
    what: str
    figure: str
    bound: str = ""
    met: bool = None


class Lab:
    """One server and the generators beside it, all on all cores."""

    def __init__(self, build, scene, keys=20_000, seconds=4.0, repeats=3):
        self.build, self.scene = pathlib.Path(build).resolve(), scene
        self.tools = self.build / "tests" / "bench"
        self.folder = self.build / "load" / scene
        self.keys, self.seconds, self.repeats = keys, seconds, repeats
        self.server, self.rows = None, []

    # ---- the server ----

    def start(self, tables=("bench",), memory="1G", options=(), limits=None):
        """A fresh server, with tables of every shape the workloads ask for."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        binary = pathlib.Path(os.environ.get("STATOR", self.build / "stator"))
        self.server = Server(binary, self.folder, memory, options, limits)
        for table in tables:
            self.server.table_create(table, "pk")
            self.server.table_create(f"{table}-query", "pk", "sk")
            self.server.table_create(f"{table}-large", "pk", "sk")
            for workload in ("fill", "fill-query", "fill-large"):
                self.load(workload, tables=table, connections=8)
        return self.server

    def stop(self):
        if self.server is not None:
            self.server.stop()
            self.server = None
        shutil.rmtree(self.folder / "data", ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    # ---- loads ----

    def load_start(self, workload, **options):
        options = {"keys": self.keys, **options}
        return rig.load_start(self.tools, self.server, workload, rig.ALL_CORES, **options)

    def load(self, workload, **options):
        figures = rig.load_end(self.load_start(workload, **options))
        if "failed" in figures:
            raise RuntimeError(f"{workload}: {figures['failed']}")
        return figures

    def peak(self, workload, connections=64, **options):
        """The best a closed loop gets."""
        return self.load(workload, connections=connections, refusals=True, seconds=self.seconds, **options)

    def slow_start(self, kind, connections, seconds, interval_ms=1000, tables="bench"):
        command = [self.tools / "bench_slow", "--port", self.server.port, "--kind", kind, "--connections", connections,
                   "--seconds", seconds, "--interval-ms", interval_ms, "--tables", tables]
        return subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)

    # ---- phases ----

    def probe(self, rate, connections=100, workload="get", **options):
        """Honest clients at a rate; what they met."""
        return self.load(workload, connections=connections, rate=rate, refusals=True, seconds=self.seconds, warmup=1, **options)

    def ratios(self, without, beside):
        """The median ratio of p99 with and without, each measured `repeats` times in turns. Both are functions that return figures of a probe."""
        found = []
        for i in range(self.repeats):
            order = (without, beside) if i % 2 == 0 else (beside, without)
            pair = {step: step() for step in order}
            found.append((pair[beside]["p99_us"] / max(pair[without]["p99_us"], 1), pair[without], pair[beside]))
        found.sort(key=lambda one: one[0])
        return found[len(found) // 2]

    # ---- figures ----

    def tell(self, what, figure, bound="", met=None):
        self.rows.append(Row(self.scene, what, figure, bound, met))
        verdict = "" if met is None else "met" if met else "MISSED"
        print(f"  {what}: {figure}{'  (' + bound + ')' if bound else ''}  {verdict}", flush=True)

    def judge_p99(self, what, found, bound=1.2):
        ratio, without, beside = found
        self.tell(what, f"p99 {without['p99_us'] / 1e3:.2f} -> {beside['p99_us'] / 1e3:.2f} ms, {ratio:.2f}"
                        + (f", {beside['refused']} refused" if beside["refused"] else ""),
                  f"<= {bound:.2f}", ratio <= bound and beside["refused"] == 0)


class Server(rig.Stator):
    """rig.Stator with options of its own and, if asked, a limit of open files."""

    def __init__(self, binary, folder, memory, options, limits):
        self.port = rig.free_port()
        command = [str(binary), "serve", "--listen", f"127.0.0.1:{self.port}", "--data", str(folder / "data"),
                   "--memory", memory, "--throttle", "off", *options]
        if limits:
            command = ["sh", "-c", f"ulimit -n {limits}; exec \"$@\"", "sh", *command]
        rig.Process.__init__(self, command, rig.ALL_CORES, "stator.ready", folder / "stator.log")

    def metric(self, name):
        """A figure of /metrics, summed over its labels."""
        total = 0.0
        for line in self.metrics_text().splitlines():
            if line.startswith((name + " ", name + "{")):
                total += float(line.rsplit(" ", 1)[1])
        return total

    def metrics_text(self):
        import http.client
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    def status(self, field):
        """A number of /proc/PID/status: VmHWM and VmRSS in bytes, Threads as they are."""
        with open(f"/proc/{self.pid}/status") as status:
            for line in status:
                if line.startswith(field + ":"):
                    number = int(line.split()[1])
                    return number * 1024 if field.startswith("Vm") else number
        raise KeyError(field)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))


def slow_end(process):
    return json.loads(process.communicate()[0])


def monotonic_ns(ahead_s):
    return time.monotonic_ns() + int(ahead_s * 1e9)


def median(values):
    return statistics.median(values)


def mean(values):
    return statistics.mean(values)
