# SPDX-License-Identifier: Apache-2.0
"""The figures of a run as tables: medians over the rounds, and ratios of runs of the same round."""

import statistics

import peers
import work

ANSWERS_OF_RATE = 10  # a run with fewer is no figure
ANSWERS_OF_P99 = 100  # a run with fewer has no p99 to speak of
BEGIN, END = "<!-- peers: written by tests/peers/run.py -->", "<!-- end of peers -->"


def latency(us):
    return f"{us:,.0f} us" if us < 1000 else f"{us / 1000:,.1f} ms" if us < 100_000 else f"{us / 1000:,.0f} ms"


def times(ratio):
    return f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}" if ratio < 10 else f"{ratio:,.0f}"


def size(count):
    return f"{count / 2**20:,.0f} MiB" if count >= 2**20 else f"{count / 2**10:,.0f} KiB" if count else "none"


def table(head, lines):
    """Markdown; the columns of numbers, which are all but the first two, stand right."""
    marks = ["---" if i < 2 else "---:" for i in range(len(head))]
    return ["| " + " | ".join(line) + " |" for line in [head, marks, *lines]]


class Page:
    def __init__(self, figures):
        self.figures = figures
        self.peers = [peer for peer in peers.PEERS if peer.name in figures["runs"]]

    def runs(self, peer, row):
        """The runs of all rounds that succeeded; none where one of them failed."""
        runs = self.figures["runs"].get(peer.name, {}).get(row.key(), [])
        return [] if any("failed" in run or "unknown" in run or run["requests"] < ANSWERS_OF_RATE for run in runs) else runs

    def why_not(self, peer, row):
        runs = self.figures["runs"].get(peer.name, {}).get(row.key(), [])
        if any("unknown" in run for run in runs):
            return "not known to it"
        failed = [run["failed"] for run in runs if "failed" in run]
        if failed:
            return f"failed in {len(failed)} of {len(runs)} runs: {' '.join(failed[0].split())[:160]}"
        fewest = min(runs, key=lambda run: run["requests"], default=None)
        if fewest and fewest["requests"] < ANSWERS_OF_RATE:
            return f"too few answers: {fewest['requests']} in {fewest['seconds']:.1f} s"
        return ""

    def figure(self, peer, row, name):
        """The median over the rounds; None where there is none to tell."""
        runs = self.runs(peer, row)
        if not runs or (name == "p99_us" and min(run["requests"] for run in runs) < ANSWERS_OF_P99):
            return None
        return statistics.median(run[name] for run in runs)

    def ratio(self, peer, base, row, name="requests_per_s"):
        """How many times the figure of `peer` that of `base` is; None when one of them has none."""
        ours, theirs = self.runs(base, row), self.runs(peer, row)
        if not ours or not theirs:
            return None
        return statistics.median(a[name] / b[name] for a, b in zip(ours, theirs))

    # ---- tables ----

    def overview(self, ratio):
        """Each operation once, at the number of connections that all have in common; `ratio` of peer and row."""
        others = [peer for peer in self.peers if peer.product != "Stator"]
        lines = []
        for row in work.rows():
            if row.alone:
                ratios = [ratio(peer, row) for peer in others]
                lines.append([row.name, str(row.connections), *("-" if value is None else times(value) for value in ratios)])
        return table(["operation", "connections", *(peer.name for peer in others)], lines)

    def by_rate(self):
        return self.overview(lambda peer, row: self.ratio(peer, peer.base(), row))

    def by_cpu(self):
        return self.overview(lambda peer, row: self.ratio(peer.base(), peer, row, "server_cpu_us"))

    def servers(self):
        lines = []
        for peer in self.peers:
            facts = self.figures["facts"][peer.name]
            syncs = facts.get("syncs_per_put")
            lines.append([peer.name, f"{peer.kind}: {peer.keeps}", "-" if syncs is None else f"{syncs:.2f}",
                          f"{1000 * facts['start_s']:,.0f} ms", f"{facts['filled_per_s']:,.0f}/s",
                          size(facts["rss_bytes"]) if "rss_bytes" in facts else "it had ended", size(facts["disk_bytes"])])
        head = ["server", "keeps items in", "syncs per put", "first answer after", "items filled", "memory (RSS)", "disk"]
        return table(head, lines)

    def line(self, peer, row):
        why = self.why_not(peer, row)
        if why or not self.runs(peer, row):
            return [f"{row.name}, {row.connections}", peer.name, why or "not measured", "", "", "", "", ""]
        rate, p50, p99, cpu = (self.figure(peer, row, name) for name in ("requests_per_s", "p50_us", "p99_us", "server_cpu_us"))
        bases = [peers.STATOR, peers.STATOR_MEMORY] if peer.kind == peers.MEMORY else [peers.STATOR]
        ratios = [self.ratio(peer, base, row) for base in bases]
        return [f"{row.name}, {row.connections}", peer.name, f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s",
                latency(p50), "" if p99 is None else latency(p99), latency(cpu),
                *("" if ratio is None else times(ratio) for ratio in ratios), *([""] if len(bases) == 1 else [])]

    def everything(self):
        head = ["operation, connections", "server", "rate", "p50", "p99", "CPU per request", "Stator / it", "Stator in memory / it"]
        return table(head, [self.line(peer, row) for row in work.rows() for peer in self.peers])

    # ---- pages ----

    def conditions(self):
        figures, machine = self.figures, self.figures["machine"]
        lines = [f"{figures['date']}, virtual machine with {machine['cores']} cores ({machine['cpu']}), {machine['memory_gib']} GiB, "
                 f"{machine['system']}, Linux {machine['kernel']}. {'; '.join(figures['versions'])}. "
                 f"RocksDB: {figures['rocksdb']}. Medians of {figures['rounds']} rounds of runs of {figures['seconds']:g} s; "
                 f"{figures['keys']:,} items a table."]
        if figures["preliminary"]:
            lines += ["", "**Preliminary:** other work ran on the machine at the same time. Rates say little, "
                          "ratios of CPU time hold roughly."]
        lines += ["", *(f"Not measured: {name}, {reason}." for name, reason in figures["missing"].items())]
        return lines

    def markdown(self):
        return "\n".join([
            *self.conditions(), "",
            "How many times as many requests a second Stator answers: the servers that keep files against Stator, which syncs before",
            "it answers, those in memory against Stator's memory engine.", "", *self.by_rate(), "",
            "How many times as much CPU time a request takes that server, the committer of Stator included. This is the steadier",
            "comparison where a machine is not quiet.", "", *self.by_cpu(), "",
            "![GetItem: requests a second and p99 against connections](charts/get.svg)", "",
            "![PutItem: requests a second and p99 against connections](charts/put.svg)", "",
            "![Requests a second of every operation](charts/operations.svg)", "",
            *self.servers(), "", "<details><summary>All figures</summary>", "", *self.everything(), "", "</details>"])

    def terminal(self):
        return "\n".join([*self.conditions(), "", *self.by_rate(), "", *self.by_cpu(), "", *self.servers(), "", *self.everything()])

    def write_into(self, path):
        before, rest = path.read_text().split(BEGIN, 1)
        path.write_text(f"{before}{BEGIN}\n{self.markdown()}\n{END}{rest.split(END, 1)[1]}")
