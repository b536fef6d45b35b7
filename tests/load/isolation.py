# SPDX-License-Identifier: Apache-2.0
"""One hot table, or one hot key: the others' p99 stays.

The others read and write a table of their own at a quarter of what the server could do. The hot load stays below what the cores have left, so what
the others notice is not the lack of a core. Some is: two loads wait for each other whatever they ask. So each hot load is held against
one of the same kind, rate and cost that is spread over the keys of a table, and told against nothing beside as well.

Saturated, with a closed loop beside, nobody has what he wants; that is told, not judged.
"""

import lab as labs

HOT_SHARE = 0.25
# name, hot load, the same spread out
LOADS = (
    ("updates of one key", "update-hot", "update"),
    ("transactions on one key", "transact-hot", "update"),
    ("Query of a megabyte", "query-large", "query"),
    ("Scan", "scan", "query"),
    ("PutItem of 390 KB", "put-large", "put"),
)


def beside(lab, probe_rate, workload, **load):
    """The probe beside a load on the other table. Without workload: alone."""
    if workload is None:
        return lab.probe(probe_rate, workload="mixed")
    hot = lab.load_start(workload, tables="hot", refusals=True, seconds=lab.seconds + 1, warmup=1, **load)
    figures = lab.probe(probe_rate, workload="mixed")
    hot.communicate()
    return figures


def moderate(lab, rate, name, hot, spread):
    """Spread load of the same CPU: its rate follows from the cost of both at their peaks."""
    hot_peak = lab.peak(hot, tables="hot", connections=16)
    spread_peak = lab.peak(spread, tables="hot", connections=16)
    hot_rate = HOT_SHARE * hot_peak["requests_per_s"]
    spread_rate = hot_rate * hot_peak["server_cpu_us"] / max(spread_peak["server_cpu_us"], 1)

    def spread_out():
        return beside(lab, rate, spread, connections=16, rate=spread_rate)

    def one_hot():
        return beside(lab, rate, hot, connections=16, rate=hot_rate)

    def alone():
        return beside(lab, rate, None)

    lab.judge_p99(f"beside {name}, against as much work spread out", lab.ratios(spread_out, one_hot))
    ratio, without, with_it = lab.ratios(alone, one_hot)
    lab.tell(f"beside {name}, against nothing", f"p99 {without['p99_us'] / 1e3:.2f} -> {with_it['p99_us'] / 1e3:.2f} ms, {ratio:.2f}")


def saturated(lab, rate, name, hot, spread):
    def spread_out():
        return beside(lab, rate, spread, connections=64)

    def one_hot():
        return beside(lab, rate, hot, connections=64)

    ratio, without, with_it = lab.ratios(spread_out, one_hot)
    lab.tell(f"all cores taken by {name}, against {spread}", f"p99 {without['p99_us'] / 1e3:.2f} -> {with_it['p99_us'] / 1e3:.2f} ms, {ratio:.2f}; "
             f"{without['refused']} -> {with_it['refused']} refused")


def run(options):
    with labs.Lab(options.build, "isolation", seconds=options.seconds, repeats=options.repeats) as lab:
        lab.start(tables=("bench", "hot"), memory="1G")
        rate = min(lab.peak("mixed")["requests_per_s"] / 4, labs.PROBE_RATE_MAX)
        for name, hot, spread in LOADS:
            moderate(lab, rate, name, hot, spread)
        for name, hot, spread in LOADS if not options.quick else ():
            saturated(lab, rate, name, hot, spread)
        return lab.rows
