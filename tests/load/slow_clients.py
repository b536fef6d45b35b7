# SPDX-License-Identifier: Apache-2.0
"""Clients that hold connections and hardly use them, by the thousand: honest ones do not notice, and the slow ones are let go in time."""

import pathlib

import lab as labs

KINDS = ("head", "body", "reader")
TIMEOUT_S = 30           # HEADER_S and BODY_S of src/server/server.c
SYSTEM_BYTES_EACH = 512 << 10  # what the system may hold of a reply for a reader that does not read


def system_tcp_bytes():
    words = pathlib.Path("/proc/net/sockstat").read_text().split()
    return int(words[words.index("mem") + 1]) * 4096


def beside(lab, kind, count, rate):
    def alone():
        return lab.probe(rate)

    def together():
        slow = lab.slow_start(kind, count, lab.seconds + 4)
        figures = lab.probe(rate)
        slow.terminate()
        slow.communicate()
        return figures

    lab.judge_p99(f"honest clients beside {count:,} slow {kind}s", lab.ratios(alone, together))


def kept_by_the_system(lab, count):
    before = system_tcp_bytes()
    slow = lab.slow_start("reader", count, lab.seconds + 2)
    lab.probe(500)
    each = (system_tcp_bytes() - before) / count
    slow.terminate()
    slow.communicate()
    lab.tell(f"what the system holds for each of {count:,} readers", f"{each / 1024:.0f} KB", f"<= {SYSTEM_BYTES_EACH >> 10} KB",
             each <= SYSTEM_BYTES_EACH)


def let_go(lab, count):
    """Each kind long enough for its time to run out; they run together."""
    slow = {kind: lab.slow_start(kind, count, TIMEOUT_S + 8) for kind in KINDS}
    for kind, process in slow.items():
        found = labs.slow_end(process)
        statuses = set(found["by_status"])
        if kind == "reader":  # its reply goes on for as long as it reads at the least pace; refusals for want of room are answers
            lab.tell(f"slow {kind}s", f"{found['ended']} ended: {found['by_status']}")
            continue
        right = statuses == {"408"} and found["ended"] >= count and TIMEOUT_S <= found["shortest_s"] <= found["longest_s"] < TIMEOUT_S + 6
        lab.tell(f"slow {kind}s are let go", f"{found['by_status']} after {found['shortest_s']:.0f} to {found['longest_s']:.0f} s",
                 f"408 after {TIMEOUT_S} s", right)


def run(options):
    with labs.Lab(options.build, "slow_clients", seconds=options.seconds, repeats=options.repeats) as lab:
        lab.start(memory="512M")
        rate = min(lab.peak("get")["requests_per_s"] / 2, labs.PROBE_RATE_MAX)
        for kind in KINDS:
            for count in (1000,) if options.quick else (1000, 3000):
                beside(lab, kind, count, rate)
        kept_by_the_system(lab, 1000)
        let_go(lab, 200)
        return lab.rows
