# SPDX-License-Identifier: Apache-2.0
"""Ten times as much as the server can do: it goes on doing what it can, answers the rest soon, and is well again at once.

The peak is that of a closed loop. The overload is an open loop over a thousand connections at ten times that rate; an arrival that finds all of
them busy is one that its client could not send (told as such). Beside it a probe asks a little all the time and notices how long things
are not as before. Goodput is told by time and by CPU: on a machine that others use too only the second means anything.

What is asked of it is judged for requests whose cost is far above that of a refusal (docs/decisions/0004-overload.md has the sums).
"""

import threading

import lab as labs

TIMES, CONNECTIONS = 10, 1000
COSTLY = ("batch-write", "query-large")
CHEAP = ("get", "put", "query")
GOODPUT, REFUSAL_MS, RECOVERY_S = 0.9, 50, 5
SLICE_MS = 250
CALM_S, AFTER_S = 3, 8


class Probe(threading.Thread):
    """GetItem at a low rate before, during and after, in slices."""

    def __init__(self, lab, seconds):
        super().__init__()
        self.process = lab.load_start("get", connections=50, rate=200, refusals=True, seconds=seconds, warmup=0.1, slice_ms=SLICE_MS)
        self.figures = None

    def run(self):
        self.figures = labs.rig.load_end(self.process)


def recovery_s(slices, calm, end):
    """Seconds after the end until a slice and all that follow are as in the calm; `calm` and `end` are numbers of slices."""
    before = labs.median([one["p99_us"] for one in slices[:calm] if one["n"]] or [0])
    bad = [i for i, one in enumerate(slices[end:]) if one["refused"] or one["p99_us"] > 3 * before]
    return (bad[-1] + 1) * SLICE_MS / 1000 if bad else 0.0


def overload(lab, workload, judged):
    peak = lab.peak(workload)
    probe = Probe(lab, CALM_S + lab.seconds * 2 + AFTER_S)
    probe.start()
    threading.Event().wait(CALM_S)
    figures = lab.load(workload, connections=CONNECTIONS, rate=TIMES * peak["requests_per_s"], drop=True, refusals=True,
                       seconds=lab.seconds * 2, warmup=0.5)
    probe.join()
    tell(lab, workload, peak, figures, probe.figures, judged)


def tell(lab, workload, peak, figures, seen, judged):
    by_time = figures["requests_per_s"] / peak["requests_per_s"]
    by_cpu = by_time * peak["server_cores"] / max(figures["server_cores"], 0.01)
    sent = figures["offered"] - figures["unsent"]
    lab.tell(f"{workload}: goodput at {TIMES} times {peak['requests_per_s']:,}/s",
             f"{by_time:.2f} by time, {by_cpu:.2f} by CPU; {sent / figures['seconds']:,.0f}/s of {figures['offered'] / figures['seconds']:,.0f}/s could be sent",
             f">= {GOODPUT}" if judged else "", max(by_time, by_cpu) >= GOODPUT if judged else None)
    late_ms = figures["refused_p99_us"] / 1e3
    lab.tell(f"{workload}: the excess, {figures['refused']:,} refusals, is answered", f"p50 {figures['refused_p50_us'] / 1e3:.0f}, p99 {late_ms:.0f} ms",
             f"p99 <= {REFUSAL_MS} ms", late_ms <= REFUSAL_MS)
    calm, end = int(CALM_S * 1000 / SLICE_MS), int((CALM_S + lab.seconds * 2 + 1) * 1000 / SLICE_MS)
    well = recovery_s(seen["slices"], calm, end)
    lab.tell(f"{workload}: others' p99 is as before", f"{well:.2f} s after the end", f"<= {RECOVERY_S} s", well <= RECOVERY_S)


def run(options):
    with labs.Lab(options.build, "overload", seconds=options.seconds, repeats=options.repeats) as lab:
        lab.start(memory="1G")
        for workload in COSTLY + CHEAP:
            overload(lab, workload, workload in COSTLY)
        lab.tell("refused at the door, and for want of room", f"{lab.server.metric('stator_http_overload_total'):,.0f}, "
                                                              f"{lab.server.metric('stator_requests_refused_total'):,.0f}")
        return lab.rows
