#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The benchmark in one go: echo server and database under one load generator on one machine.

    tests/bench/run.py --build build [--quick] [--only TEXT] [--cold] [--document docs/performance.md] [--compare OLD.json]

Machines are noisy and differ, so what is judged is a share: each run of a row stands between two runs of the echo server, the
share is taken of their mean, and the median over the repeats is told. Figures go to BUILD/bench.json. See README.md.
"""

import argparse
import contextlib
import json
import pathlib
import shutil
import statistics
import sys

import report
import rig
import rows
from rig import ALL_CORES, GENERATOR_CORE, SERVER_CORE

KEYS = 100_000
HOT_KEYS = 1000
COLD_MEMORY = "256M"
IDLE_CONNECTIONS = 10_000
MEDIANS = ("p50_us", "p99_us", "p999_us", "server_cpu_us", "server_cores", "generator_cores")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default="build", help="the build folder (default: build)")
    parser.add_argument("--data", type=pathlib.Path, help="where data folders are made (default: BUILD/bench-data)")
    parser.add_argument("--quick", action="store_true", help="about one minute: the judged rows, one short run each")
    parser.add_argument("--only", default="", help="only rows whose name holds this text")
    parser.add_argument("--repeats", type=int, help="runs of each row (default: 5, quick: 1)")
    parser.add_argument("--seconds", type=float, help="length of a run (default: 3, quick: 1)")
    parser.add_argument("--engine", default="rocksdb", choices=("rocksdb", "memory"))
    parser.add_argument("--durability", default="sync", choices=("sync", "os"))
    parser.add_argument("--memory", help="the server's memory budget (default: its own)")
    parser.add_argument("--write-workers", type=int, help="workers in the rows of writes (default: the server's own)")
    parser.add_argument("--cold", action="store_true", help="also the cold reads: fills 10 M items first, takes minutes")
    parser.add_argument("--cold-keys", type=int, default=10_000_000, help="items of the cold reads")
    parser.add_argument("--gate", action="store_true", help="end with 1 when a bar is missed")
    parser.add_argument("--out", type=pathlib.Path, help="default: BUILD/bench.json")
    parser.add_argument("--document", type=pathlib.Path, help="a page to write the table into")
    parser.add_argument("--render", type=pathlib.Path, help="only print the table of an earlier run")
    parser.add_argument("--compare", type=pathlib.Path, help="an earlier bench.json to compare with")
    options = parser.parse_args()
    options.repeats = options.repeats or (1 if options.quick else 5)
    options.seconds = options.seconds or (1.0 if options.quick else 3.0)
    options.data = (options.data or options.build / "bench-data").resolve()
    options.out = options.out or options.build / "bench.json"
    return options


def say(text):
    print(text, file=sys.stderr, flush=True)


def mean(before, after, name):
    return (before[name] + after[name]) / 2


class Bench:
    def __init__(self, options):
        self.options = options
        self.tools = (options.build / "tests" / "bench").resolve()
        self.binary = (options.build / "stator").resolve()
        self.results = []
        self.filled = False
        self.echo_rates = []  # at 64 connections: how steady the machine was
        shutil.rmtree(options.data, ignore_errors=True)
        options.data.mkdir(parents=True)

    def wanted(self, name):
        return self.options.only.lower() in name.lower()

    def server(self, cores, folder="main", **more):
        return rig.Stator(self.binary, self.options.data / folder, self.options.data, cores, engine=self.options.engine,
                          durability=self.options.durability, **{"memory": self.options.memory, **more})

    @contextlib.contextmanager
    def filled_server(self, **options):
        """The server on the filled folder. It is filled by another run of the server, so that a clean stop has put all of it into SST
        files; the memory engine begins empty each time and is filled each time."""
        if not self.filled and self.options.engine != "memory":
            with self.server(ALL_CORES) as server:
                self.fill(server)
            self.filled = True
        with self.server(**options) as server:
            if self.options.engine == "memory":
                self.fill(server)
            yield server

    def echo_run(self, echo, connections):
        seconds = max(0.5, self.options.seconds / 3)
        figures = rig.load(self.tools, echo, "echo", connections=connections, seconds=seconds, warmup=0.1)
        if "failed" in figures:
            sys.exit(f"the echo server cannot be measured: {figures['failed']}")
        if connections == 64:
            self.echo_rates.append(figures["requests_per_s"])
        return figures

    def fill(self, server, keys=KEYS, query=True):
        for table, keys_of, workload in (("bench", ["pk"], "fill"), ("bench-query", ["pk", "sk"], "fill-query")):
            if workload == "fill" or query:
                server.table_create(table, *keys_of)
                figures = rig.load(self.tools, server, workload, ALL_CORES, keys=keys, connections=64)
                if "failed" in figures:
                    raise rig.NotReady(f"filling {table}: {figures['failed']}")
                say(f"  filled {table}: {keys:,} items, {figures['items_per_s']:,.0f} items/s")

    # ---- rows told as shares ----

    def measure(self, echo, server, row):
        """Echo, row, echo, row ..., echo. The share of each run is of the two echo runs around it. The share by CPU time compares what
        one request costs; on a machine that others use too it is the steadier of the two."""
        cores = GENERATOR_CORE if row.cores == rows.ONE else ALL_CORES
        runs, shares, cpu_shares, before = [], [], [], self.echo_run(echo, row.connections)
        for repeat in range(self.options.repeats):
            figures = rig.load(self.tools, server, row.workload, cores, connections=row.connections, keys=KEYS,
                               seconds=self.options.seconds, warmup=0.3, sigv4=row.signed, seed=repeat + 1)
            if "failed" in figures:
                return {"failed": figures["failed"]}
            after = self.echo_run(echo, row.connections)
            runs.append(figures)
            shares.append(figures[row.unit] / mean(before, after, "requests_per_s"))
            cpu_shares.append(mean(before, after, "server_cpu_us") / figures["server_cpu_us"] * figures[row.unit] /
                              figures["requests_per_s"])
            before = after
        rate = statistics.median(run[row.unit] for run in runs)
        medians = {name: statistics.median(run[name] for run in runs) for name in MEDIANS}
        return {"rate": rate, "share": statistics.median(shares), "shares": shares,
                "cpu_share": statistics.median(cpu_shares), **medians}

    def row_result(self, row, figures):
        told = {"name": row.name, "connections": row.connections, "cores": row.cores, "keys": row.keys, "state": row.state,
                "bar": row.bar, "stretch": row.stretch, "more_is_better": True,
                "bar_text": row.share_of(row.bar) if row.bar else "",
                "stretch_text": row.share_of(row.stretch) if row.stretch else "", **figures}
        if "failed" not in figures:
            told["result"] = figures["rate"] if row.against == "absolute" else figures["share"]
            bases = [r for r in self.results if r["name"] == row.against and "share" in r]
            base = next((r for r in bases if r["connections"] == row.connections), bases[0] if bases else None)
            if base:
                told["result"] /= base["share"]
                told["cpu_share"] /= base["cpu_share"]
            if row.against == "absolute":
                told["cpu_share"] = figures["rate"] / figures["server_cores"]
            told["cpu_text"] = row.share_of(told["cpu_share"])
            told["result_text"] = row.share_of(told["result"])
            told["rate_text"] = (f"{figures['rate'] / 1e6:,.0f} MB/s" if row.unit == "item_bytes_per_s" else
                                 f"{figures['rate']:,.0f} items/s" if row.unit == "items_per_s" else
                                 f"{figures['rate']:,.0f}/s")
        return told

    def rows_run(self, echo, wanted, **server_options):
        wanted = [row for row in wanted if self.wanted(row.name) and (row.quick or not self.options.quick)]
        if not wanted:
            return
        with self.filled_server(**server_options) as server:
            for workload in ("warm", "warm-query"):
                rig.load(self.tools, server, workload, ALL_CORES, keys=KEYS, sigv4=wanted[0].signed)
            for row in wanted:
                server.settle()
                self.add(self.row_result(row, self.measure(echo, server, row)))

    def add(self, result):
        self.results.append(result)
        say(f"  {result['name']} at {result.get('connections', '-')}: "
            f"{result.get('failed') or result['result_text']} {report.verdict(result)}")

    def judge(self, name, result, text, bar, bar_text, stretch=0, stretch_text="", **more):
        self.add({"name": name, "result": result, "result_text": text, "bar": bar, "bar_text": bar_text, "stretch": stretch,
                  "stretch_text": stretch_text, "more_is_better": False, **more})

    # ---- the other figures ----

    def echo_rows(self, echo):
        for connections in (1, 16, 64, 256):
            if connections == 64 or not self.options.quick:
                figures = rig.load(self.tools, echo, "echo", connections=connections, seconds=self.options.seconds, warmup=0.2)
                self.add({"name": "echo server", "connections": connections, "cores": rows.ONE, "rate": figures["requests_per_s"],
                          "rate_text": f"{figures['requests_per_s']:,.0f}/s", "result": 1.0, "result_text": "1",
                          "more_is_better": True, **{name: figures[name] for name in MEDIANS}})

    def streams(self):
        """What a stream costs: PutItem without and with one in turns, each with against the without just before it."""
        names = {view: f"PutItem at 64 with a stream of {view} / without" for view in rows.STREAM_BARS}
        if not any(self.wanted(name) for name in names.values()):
            return
        ratios = {view: [] for view in names}
        with self.filled_server(cores=ALL_CORES) as server:
            rig.load(self.tools, server, "warm", ALL_CORES, keys=KEYS)
            for repeat in range(1 + self.options.repeats):
                for view in names:
                    runs = []
                    for stream in (None, view):
                        if stream:
                            server.stream_set("bench", stream)
                        runs.append(rig.load(self.tools, server, "put", ALL_CORES, keys=KEYS, connections=64,
                                             seconds=self.options.seconds, warmup=0.3, seed=repeat + 1))
                    server.stream_set("bench", None)
                    failed = next((run["failed"] for run in runs if "failed" in run), None)
                    if failed:
                        self.add({"name": names[view], "failed": failed})
                        return
                    ratios[view].append(runs[1]["requests_per_s"] / runs[0]["requests_per_s"])
        for view, (bar, stretch) in rows.STREAM_BARS.items():
            ratio = statistics.median(ratios[view])
            self.add({"name": names[view], "result": ratio, "result_text": f"{ratio:.2f}", "bar": bar, "bar_text": f"{bar:.2f}",
                      "stretch": stretch, "stretch_text": f"{stretch:.2f}", "more_is_better": True})

    def expiry(self):
        """How fast time to live removes items: from the moment it is switched on for a table full of expired ones, so with the making of
        the index of expiry times. Against the best rate of PutItem in this run."""
        name, put = "items removed by time to live / PutItem", [r for r in self.results if r["name"].startswith("PutItem 400 B, synced")]
        rates = [row["rate"] for row in put if "rate" in row]
        if not self.wanted(name) or not rates:
            return
        with self.server(ALL_CORES) as server:
            server.table_create("bench-expired", "pk")
            figures = rig.load(self.tools, server, "fill-expired", ALL_CORES, keys=KEYS, connections=64)
            if "failed" in figures:
                self.add({"name": name, "failed": figures["failed"]})
                return
            seconds = server.expiry_seconds("bench-expired", "age", KEYS)
        rate = KEYS / seconds
        self.add({"name": name, "result": rate / max(rates), "result_text": f"{rate / max(rates):.2f} ({rate:,.0f} items/s)",
                  "bar": rows.EXPIRY_BAR, "bar_text": f"{rows.EXPIRY_BAR:.2f}",
                  "stretch": rows.EXPIRY_STRETCH, "stretch_text": f"{rows.EXPIRY_STRETCH:.2f}", "more_is_better": True})

    def tls(self):
        """What TLS adds to a request, in processor time of the server: GetItem with and without in turns, and the echo server with and
        without, which does the least that OpenSSL can do. Sessions are resumed."""
        name, seconds = "processor time that TLS adds to a GetItem / to an echo", self.options.seconds
        if not self.wanted(name):
            return
        pair, added, rates = rig.pair_make(self.binary, self.options.data / "pair"), {"echo": [], "get": []}, []
        with rig.Echo(self.tools, self.options.data) as clear, rig.Echo(self.tools, self.options.data, pair) as secure, \
                self.filled_server(cores=SERVER_CORE, workers=1, pair=pair) as server:
            rig.load(self.tools, server, "warm", ALL_CORES, keys=KEYS)
            for repeat in range(self.options.repeats):
                for workload, runs in (("echo", ((clear, clear.port, False), (secure, secure.port, True))),
                                       ("get", ((server, server.port, False), (server, server.port_of_tls, True)))):
                    figures = [rig.load(self.tools, who, workload, port=port, tls=tls, connections=64, keys=KEYS, seconds=seconds, warmup=0.3,
                                        seed=repeat + 1) for who, port, tls in runs]
                    failed = next((run["failed"] for run in figures if "failed" in run), None)
                    if failed:
                        self.add({"name": name, "failed": failed})
                        return
                    added[workload].append(figures[1]["server_cpu_us"] - figures[0]["server_cpu_us"])
                    if workload == "get":
                        rates.append(figures[1]["requests_per_s"])
        echo, get = statistics.median(added["echo"]), statistics.median(added["get"])
        self.judge(name, get / echo, f"{get / echo:.2f} ({get:.1f} us to {echo:.1f} us; {statistics.median(rates):,.0f}/s with TLS)",
                   rows.TLS_BAR, f"{rows.TLS_BAR:.1f}", added=added)

    def fairness(self):
        """Two workers share the server core in equal parts, so connections of a crowded worker are served less."""
        name, ratios = "8 connections over 2 workers: most served / least served", []
        if not self.wanted(name):
            return
        with self.filled_server(cores=SERVER_CORE, workers=2) as server:
            rig.load(self.tools, server, "warm", keys=KEYS)
            for repeat in range(max(3, self.options.repeats)):
                figures = rig.load(self.tools, server, "get", connections=8, seconds=max(1.0, self.options.seconds / 2), keys=KEYS)
                if "failed" in figures:
                    self.add({"name": name, "failed": figures["failed"]})
                    return
                ratios.append(max(figures["per_connection"]) / max(1, min(figures["per_connection"])))
        self.judge(name, statistics.median(ratios), f"{statistics.median(ratios):.2f}", rows.FAIRNESS_BAR,
                   f"{rows.FAIRNESS_BAR}", rows.FAIRNESS_STRETCH, f"{rows.FAIRNESS_STRETCH}", ratios=ratios)

    def start_time(self):
        """Ready on an empty folder, in turns with a program that does nothing but open RocksDB."""
        bare, ours, rss = [], [], 0
        if not self.wanted("ready on an empty folder idle memory connection"):
            return
        for repeat in range(3 if self.options.quick else 7):
            folder = self.options.data / f"empty-{repeat}"
            folder.mkdir()
            bare.append(rig.bare_open_s(self.tools, folder / "bare", self.options.data))
            with self.server(ALL_CORES, f"empty-{repeat}/ours", memory=None) as server:
                ours.append(server.ready_s)
                rss = max(rss, server.rss_bytes())
        ratio = statistics.median(ours) / statistics.median(bare)
        self.judge("ready on an empty folder / bare RocksDB open", ratio,
                   f"{ratio:.2f} ({1e3 * statistics.median(ours):.0f} ms)", rows.READY_BAR, f"{rows.READY_BAR}")
        self.judge("idle memory (RSS)", rss, f"{rss / 2**20:.1f} MiB", rows.IDLE_RSS_BAR, "25 MiB")

    def idle_connections(self):
        name = f"memory per idle connection, {IDLE_CONNECTIONS:,} of them"
        if not self.wanted(name):
            return
        with self.filled_server(cores=ALL_CORES) as server:
            rig.load(self.tools, server, "warm", ALL_CORES, keys=KEYS)  # caches first: they are not the connections'
            figures = rig.load(self.tools, server, "get", ALL_CORES, connections=IDLE_CONNECTIONS, idle=True, keys=KEYS)
        if "failed" in figures:
            self.add({"name": name, "failed": figures["failed"]})
            return
        each = figures["server_anonymous_growth"] / IDLE_CONNECTIONS
        self.judge(name, each, f"{each / 1024:.1f} KiB", rows.CONNECTION_BAR, "16 KiB")

    def hot_beside(self, server, workload, keys, connections):
        """Figures of the hot reads, and of what ran beside them."""
        seconds = max(5.0, self.options.seconds)
        beside = rig.load_start(self.tools, server, workload, ALL_CORES, keys=keys, connections=connections,
                                seconds=seconds + 2, warmup=1, seed=7)
        hot = rig.load(self.tools, server, "get", ALL_CORES, keys=HOT_KEYS, connections=8, seconds=seconds, warmup=1.5)
        return hot, rig.load_end(beside)

    def cold(self):
        """Hot reads beside cold ones and beside scans, against hot reads beside as many hot ones: a second load takes its share of the
        cores whatever it asks; what is judged is what its waiting adds."""
        keys = self.options.cold_keys
        with self.server(ALL_CORES, "cold") as server:
            self.fill(server, keys, query=False)
        with self.server(ALL_CORES, "cold", memory=COLD_MEMORY) as server:
            rig.load(self.tools, server, "warm", ALL_CORES, keys=HOT_KEYS)
            ratios = {"cold reads": [], "1 MB scan pages": []}
            for _ in range(self.options.repeats):
                hot, _ = self.hot_beside(server, "get", HOT_KEYS, 8)
                for what, workload, connections in (("cold reads", "get", 8), ("1 MB scan pages", "scan", 2)):
                    both, other = self.hot_beside(server, workload, keys, connections)
                    failed = next((f["failed"] for f in (hot, both, other) if "failed" in f), None)
                    if failed:
                        self.add({"name": f"hot reads beside {what}", "failed": failed})
                        return
                    ratios[what].append((both["p99_us"] / hot["p99_us"], hot, both, other))
        for what, runs in ratios.items():
            ratio, hot, both, other = sorted(runs, key=lambda run: run[0])[len(runs) // 2]
            self.judge(f"p99 of hot reads beside {what} / beside hot ones ({keys:,} items, {COLD_MEMORY} of memory)", ratio,
                       f"{ratio:.2f} ({report.latency(hot['p99_us'])} to {report.latency(both['p99_us'])}; "
                       f"{what} p50 {report.latency(other['p50_us'])})", rows.COLD_BAR, f"{rows.COLD_BAR}")

    def run(self):
        with rig.Echo(self.tools, self.options.data) as echo:
            self.echo_rows(echo)
            self.rows_run(echo, rows.READS, cores=SERVER_CORE, workers=1)
            self.rows_run(echo, rows.SIGNED_READS, cores=SERVER_CORE, workers=1, auth="sigv4")
            self.rows_run(echo, rows.WRITES, cores=ALL_CORES, workers=self.options.write_workers)
        self.streams()
        self.expiry()
        self.tls()
        self.fairness()
        self.start_time()
        self.idle_connections()
        if self.options.cold:
            self.cold()


def build_type(build):
    for option in json.loads((build / "meson-info" / "intro-buildoptions.json").read_text()):
        if option["name"] == "buildtype":
            return option["value"]
    return "unknown"


def main():
    options = arguments()
    if options.render:
        print(report.markdown(json.loads(options.render.read_text())))
        return 0
    bench, failed = Bench(options), None
    try:
        bench.run()
    except rig.NotReady as error:
        failed = str(error)
    figures = {"machine": rig.machine(), "rocksdb": rig.rocksdb_library(bench.binary), "build": build_type(options.build),
               "engine": options.engine, "durability": options.durability, "repeats": options.repeats,
               "seconds": options.seconds, "echo_rates": bench.echo_rates, "rows": bench.results}
    options.out.write_text(json.dumps(figures, indent=1) + "\n")
    print(report.terminal(figures))
    if options.document:
        report.document_update(options.document, figures)
    if options.compare:
        print("\n" + report.compare(json.loads(options.compare.read_text()), figures))
    if failed:
        print(f"stopped: {failed}")
    shutil.rmtree(options.data, ignore_errors=True)
    verdicts = [report.verdict(row) for row in bench.results]
    return 1 if failed or "FAILED" in verdicts or (options.gate and "missed" in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
