# SPDX-License-Identifier: Apache-2.0
"""Figures as text: the table on the terminal, the table of docs/performance.md, and the comparison of two runs."""

BEGIN, END = "<!-- figures: written by tests/bench/run.py -->", "<!-- end of figures -->"
COLUMNS = ("row", "conn.", "cores", "rate", "p50", "p99", "p99.9", "CPU/req", "result", "by CPU", "bar", "stretch", "verdict")

STEADY_SHARE = 0.7  # the slowest echo run of a quiet machine is not below this share of the fastest


def number(value):
    return f"{value:,.0f}"


def latency(us):
    return f"{us:,.0f} us" if us < 1000 else f"{us / 1000:,.1f} ms"


def verdict(row):
    if row.get("failed"):
        return "FAILED"
    if not row.get("bar"):
        return ""
    met = (lambda bar: row["result"] >= bar) if row["more_is_better"] else (lambda bar: row["result"] <= bar)
    if row.get("stretch") and met(row["stretch"]):
        return "stretch"
    return "met" if met(row["bar"]) else "missed"


def cells(row):
    if row.get("failed"):
        return [row["name"], str(row.get("connections", "")), row.get("cores", ""), *[""] * 7, row.get("bar_text", ""),
                row.get("stretch_text", ""), "FAILED"]
    measured = "rate" in row
    return [row["name"], str(row.get("connections", "")), row.get("cores", ""), row["rate_text"] if measured else "",
            *([latency(row[p]) for p in ("p50_us", "p99_us", "p999_us")] if measured else [""] * 3),
            f"{row['server_cpu_us']:.1f} us" if measured else "", row["result_text"],
            row.get("cpu_text", ""), row.get("bar_text", ""),
            row.get("stretch_text", ""), verdict(row)]


def steadiness(figures):
    """What the echo runs say about the machine. Shares survive a slow machine, but not one that others use at the same time."""
    rates = figures.get("echo_rates")
    if not rates:
        return []
    ordered = sorted(rates)
    low, high = ordered[len(ordered) // 10], ordered[-1 - len(ordered) // 10]
    line = f"echo server over the whole run: {number(low)} to {number(high)}/s, a tenth of its runs lower and a tenth higher"
    busy = low < STEADY_SHARE * high
    return [line + (": NOT STEADY, others use this machine; do not keep these figures" if busy else "")]


def terminal(figures):
    table = [COLUMNS] + [cells(row) for row in figures["rows"]]
    widths = [max(len(line[i]) for line in table) for i in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in table]
    lines.insert(1, "-" * len(lines[0]))
    lines += [f"  {row['name']}: {row['failed']}" for row in figures["rows"] if row.get("failed")]
    return "\n".join(lines + steadiness(figures))


def markdown(figures):
    machine = figures["machine"]
    lines = [
        f"Virtual machine with {machine['cores']} cores ({machine['cpu']}), {machine['memory_gib']} GiB, {machine['system']}, "
        f"Linux {machine['kernel']}. RocksDB: {figures['rocksdb']}. Build: {figures['build']}. "
        f"Durability: {figures['durability']}. Medians of {figures['repeats']} runs of {figures['seconds']:g} s, "
        f"echo runs between them.", "",
        "| row | connections | conditions | rate | p50 | p99 | p99.9 | CPU per request | result | by CPU | bar | stretch | |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for row in figures["rows"]:
        line = cells(row)
        conditions = "; ".join(filter(None, (row.get("cores"), row.get("keys"), row.get("state"))))
        lines.append("| " + " | ".join([line[0], line[1], conditions, *line[3:]]) + " |")
    return "\n".join(lines)


def document_update(path, figures):
    """Puts the table between the two marks of the page."""
    text = path.read_text()
    before, rest = text.split(BEGIN, 1)
    path.write_text(f"{before}{BEGIN}\n{markdown(figures)}\n{END}{rest.split(END, 1)[1]}")


def compare(old, new):
    """One line per row that both runs have: result then and now."""
    then = {(row["name"], row.get("connections")): row for row in old["rows"]}
    lines = []
    for row in new["rows"]:
        before = then.get((row["name"], row.get("connections")))
        if before is None or "result" not in before or "result" not in row or not before["result"]:
            continue
        change = 100 * (row["result"] / before["result"] - 1)
        lines.append(f"{row['name']:40} {row.get('connections') or '':>4}  {before['result_text']:>14} -> "
                     f"{row['result_text']:>14}  {change:+.0f} %")
    return "\n".join(lines)
