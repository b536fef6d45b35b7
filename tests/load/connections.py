# SPDX-License-Identifier: Apache-2.0
"""Ten thousand connections: what they cost, and what honest clients notice of them."""

import lab as labs

MANY, FEW = 10_000, 100
IDLE_BYTES_BOUND = 16 * 1024


def idle_cost(lab, many):
    figures = lab.load("get", connections=many, idle=True)
    each = figures["server_anonymous_growth"] / many
    lab.tell(f"memory of an idle connection, {many:,} open", f"{each:.0f} bytes", f"<= {IDLE_BYTES_BOUND}", each <= IDLE_BYTES_BOUND)


def all_active(lab, many, rate):
    def few():
        return lab.probe(rate, connections=FEW)

    def crowd():
        return lab.probe(rate, connections=many)

    lab.judge_p99(f"the same {rate:.0f}/s over {many:,} connections as over {FEW}", lab.ratios(few, crowd))


def mostly_idle(lab, many, rate):
    """The idle ones are held by a generator that asks once on each and then sleeps."""
    def few():
        return lab.probe(rate, connections=FEW)

    def crowd():
        idle = lab.load_start("get", connections=many - FEW, idle=True, hold=lab.seconds + 4)
        try:
            while lab.server.metric("process_open_fds") < many - FEW:
                pass
            return lab.probe(rate, connections=FEW)
        finally:
            idle.terminate()
            idle.communicate()

    lab.judge_p99(f"{FEW} connections beside {many - FEW:,} idle ones", lab.ratios(few, crowd))


def run(options):
    many = 2000 if options.quick else MANY
    with labs.Lab(options.build, "connections", seconds=options.seconds, repeats=options.repeats) as lab:
        lab.start(memory="1G")
        rate = min(lab.peak("get")["requests_per_s"] / 4, labs.PROBE_RATE_MAX)
        idle_cost(lab, many)
        all_active(lab, many, rate)
        mostly_idle(lab, many, rate)
        return lab.rows
