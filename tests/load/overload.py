# SPDX-License-Identifier: Apache-2.0
"""Ten times as much as the server can do: it goes on doing what it can, answers the rest soon, and is well again at once.

The peak is that of a closed loop, before and after, since a database that was written to is not the one it was. The overload is an open loop
over a thousand connections at ten times that rate; an arrival that finds all of them busy is one that its client could not send (told as
such). Beside it a witness asks a little all the time, with a processor whenever it needs one where the system allows that: the generator of the
overload is itself overloaded, and its clock shows its own delays too. The witness tells how soon refusals come, and how long things are not as
before. Goodput is told by time and by CPU: on a machine that others use too only the second means anything.

What is asked of it is judged for requests whose cost is far above that of a refusal (docs/decisions/0004-overload.md has the sums).
"""

import contextlib
import os
import threading

import lab as labs

TIMES, CONNECTIONS = 10, 1000
COSTLY = ("batch-write", "query-large")
CHEAP = ("get", "put", "query")
GOODPUT, REFUSAL_MS, RECOVERY_S = 0.9, 50, 5
SLICE_MS = 250
CALM_S, AFTER_S = 3, 8


class Witness(threading.Thread):
    """GetItem at a low rate before, during and after, in slices."""

    def __init__(self, lab, seconds):
        super().__init__()
        self.process = lab.load_start("get", connections=50, rate=200, refusals=True, seconds=seconds, warmup=0.1, slice_ms=SLICE_MS)
        with contextlib.suppress(OSError):
            os.sched_setscheduler(self.process.pid, os.SCHED_FIFO, os.sched_param(1))
        self.figures = None

    def run(self):
        self.figures = labs.rig.load_end(self.process)


def recovery_s(slices, calm, end):
    """Seconds after the end until a second as in the calm begins, of which one slice in four may be another; `calm` and `end` are numbers of slices."""
    before = labs.median([one["p99_us"] for one in slices[:calm] if one["n"]] or [0])
    good = [one["refused"] == 0 and one["p99_us"] <= 3 * before for one in slices[end:]]
    for i in range(len(good) - 3):
        if sum(good[i:i + 4]) >= 3:
            return i * SLICE_MS / 1000
    return len(good) * SLICE_MS / 1000


def overload(lab, workload, judged):
    peaks = [lab.peak(workload)]
    witness = Witness(lab, CALM_S + lab.seconds * 2 + AFTER_S)
    witness.start()
    threading.Event().wait(CALM_S)
    figures = lab.load(workload, connections=CONNECTIONS, rate=TIMES * peaks[0]["requests_per_s"], drop=True, refusals=True,
                       seconds=lab.seconds * 2, warmup=0.5)
    witness.join()
    peaks.append(lab.peak(workload))
    tell(lab, workload, peaks, figures, witness.figures, judged)


def tell(lab, workload, peaks, figures, seen, judged):
    rate = labs.mean([peak["requests_per_s"] for peak in peaks])
    cost = labs.mean([peak["server_cores"] / peak["requests_per_s"] for peak in peaks])
    by_time = figures["requests_per_s"] / rate
    by_cpu = figures["requests_per_s"] / max(figures["server_cores"], 0.01) * cost
    sent = figures["offered"] - figures["unsent"]
    lab.tell(f"{workload}: goodput at {TIMES} times {rate:,.0f}/s",
             f"{by_time:.2f} by time, {by_cpu:.2f} by CPU; {sent / figures['seconds']:,.0f}/s of {figures['offered'] / figures['seconds']:,.0f}/s could be sent",
             f">= {GOODPUT}" if judged else "", max(by_time, by_cpu) >= GOODPUT if judged else None)
    late_ms = seen["refused_p99_us"] / 1e3
    lab.tell(f"{workload}: the excess, {figures['refused']:,} refusals, is answered",
             f"p50 {seen['refused_p50_us'] / 1e3:.0f}, p99 {late_ms:.0f} ms; seen by the overloaded clients p50 {figures['refused_p50_us'] / 1e3:.0f}, "
             f"p99 {figures['refused_p99_us'] / 1e3:.0f} ms", f"p99 <= {REFUSAL_MS} ms", late_ms <= REFUSAL_MS)
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
