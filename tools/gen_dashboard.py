#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes contrib/grafana/stator.json from the table below.

    tools/gen_dashboard.py [--check]     --check: ends with 1 when the file is another than it would be

A row of PANELS: (heading of a row) or (title, unit, what to look for, [(expression, legend)...]). Expressions are PromQL; `$job`, `$instance` and `$table`
are chosen above the panels.
"""

import json
import os
import sys

PATH = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "contrib", "grafana", "stator.json")
ONE = 'job=~"$job",instance=~"$instance"'
TABLE = ONE + ',table=~"$table"'


def rate(name, more="", by=""):
    inner = f"rate({name}{{{ONE}{more}}}[$__rate_interval])"
    return f"sum by ({by}) ({inner})" if by else f"sum({inner})"


def table_rate(name, by, more=""):
    return f"sum by ({by}) (rate({name}{{{TABLE}{more}}}[$__rate_interval]))"


def quantile(share, name, by, selector=ONE):
    return f"histogram_quantile({share}, sum by (le, {by}) (rate({name}_bucket{{{selector}}}[$__rate_interval])))"


PANELS = [
    "Requests",
    ("Requests a second", "reqps", "By operation.", [(rate("stator_requests_total", by="operation"), "{{operation}}")]),
    ("p50 and p99", "s", "From the head of a request to its reply.",
     [(quantile(0.5, "stator_request_duration_seconds", "operation"), "{{operation}} p50"),
      (quantile(0.99, "stator_request_duration_seconds", "operation"), "{{operation}} p99")]),
    ("Errors a second", "reqps", "By code. ThrottlingException and ServiceUnavailable are load, InternalServerError is ours.",
     [(rate("stator_errors_total", by="code"), "{{code}}")]),
    ("Turned away", "reqps", "Refused for their age, for want of room, at the door. Anything but 0: more is asked than the machine can do.",
     [(rate("stator_http_overload_total"), "waited too long"), (rate("stator_requests_refused_total"), "no room"), (rate("stator_http_refused_total"), "all")]),
    "Tables",
    ("Requests a second by table", "reqps", "", [(table_rate("stator_table_requests_total", "table, index"), "{{table}} {{index}}")]),
    ("p99 by table", "s", "", [(quantile(0.99, "stator_table_request_duration_seconds", "table, index", TABLE), "{{table}} {{index}}")]),
    ("Units consumed a second", "short", "Of the table with its local indexes, and of each global index.",
     [(table_rate("stator_table_consumed_units_total", "table, index, kind"), "{{table}} {{index}} {{kind}}")]),
    ("Throttled", "short", "Reads and writes that found no capacity left.",
     [(table_rate("stator_table_throttle_events_total", "table, index, kind"), "{{table}} {{index}} {{kind}}")]),
    ("Size", "bytes", "As DynamoDB counts it.", [(f"stator_table_bytes{{{TABLE}}}", "{{table}} {{index}}")]),
    ("Items", "short", "", [(f"stator_table_items{{{TABLE}}}", "{{table}} {{index}}")]),
    "Storage",
    ("Time to bring a group of writes to the disk", "s", "What a write waits for. It is the disk's.",
     [(quantile(0.5, "stator_engine_sync_duration_seconds", "instance"), "p50"), (quantile(0.99, "stator_engine_sync_duration_seconds", "instance"), "p99")]),
    ("Writes in a group", "short", "Many writes share one sync: more of them under load is good.",
     [(f'{rate("stator_engine_decisions_total")} / {rate("stator_engine_groups_total")}', "writes")]),
    ("Reads from memory", "percentunit", "The rest waits for the disk: with much below 1, more --memory helps.",
     [(f'{rate("stator_engine_get_hits_total")} / ({rate("stator_engine_get_hits_total")} + {rate("stator_engine_get_misses_total")})', "keys"),
      (f'{rate("stator_engine_range_hits_total")} / ({rate("stator_engine_range_hits_total")} + {rate("stator_engine_range_misses_total")})', "ranges")]),
    ("Disk", "bytes", "", [(f"sum(stator_engine_disk_bytes{{{ONE}}})", "table files"), (f"sum(stator_engine_compaction_pending_bytes{{{ONE}}})", "to be compacted")]),
    ("Bytes written a second", "Bps", "",
     [(rate("stator_engine_written_bytes_total"), "writes"), (rate("stator_engine_flushed_bytes_total"), "flushes"),
      (rate("stator_engine_compaction_written_bytes_total"), "compactions")]),
    ("Stalls", "short", "Writes that the engine slowed down or stopped because the disk did not keep up.",
     [(rate("stator_engine_write_slowdowns_total"), "slowed down"), (rate("stator_engine_write_stops_total"), "stopped"),
      (rate("stator_engine_room_stalls_total"), "waited for room")]),
    "Process",
    ("CPU", "short", "Cores in use.", [(rate("process_cpu_seconds_total"), "cores")]),
    ("Memory", "bytes", "",
     [(f"sum(process_resident_memory_bytes{{{ONE}}})", "resident"), (f"sum(stator_engine_memtable_bytes{{{ONE}}})", "write buffers"),
      (f"sum(stator_engine_block_cache_bytes{{{ONE}}})", "block cache"), (f"sum(stator_engine_row_cache_bytes{{{ONE}}})", "row cache"),
      (f"sum(stator_http_memory_bytes{{{ONE}}})", "connections")]),
    ("Connections", "short", "", [(f"sum(stator_http_connections{{{ONE}}})", "open")]),
    ("Background work", "short", "Steps that failed are tried again.",
     [(rate("stator_work_steps_total"), "steps"), (rate("stator_work_errors_total"), "failed"), (rate("stator_work_items_expired_total"), "items expired")]),
]


def variable(name, query):
    return {"name": name, "type": "query", "datasource": {"type": "prometheus", "uid": "${datasource}"}, "query": query, "refresh": 2,
            "includeAll": True, "multi": True, "current": {"text": "All", "value": "$__all"}}


def panel(number, at, title, unit, description, targets):
    return {"id": number, "type": "timeseries", "title": title, "description": description, "gridPos": {"h": 8, "w": 8, **at},
            "datasource": {"type": "prometheus", "uid": "${datasource}"}, "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
            "targets": [{"refId": chr(65 + i), "expr": expression, "legendFormat": legend} for i, (expression, legend) in enumerate(targets)]}


def dashboard():
    panels, x, y = [], 0, 0
    for row in PANELS:
        number = len(panels) + 1
        if isinstance(row, str):
            y, x = y + (8 if x else 0), 0
            panels.append({"id": number, "type": "row", "title": row, "collapsed": False, "panels": [], "gridPos": {"h": 1, "w": 24, "x": 0, "y": y}})
            y += 1
            continue
        panels.append(panel(number, {"x": x, "y": y}, *row))
        x, y = ((x + 8) % 24, y + (8 if x == 16 else 0))
    return {"title": "Stator", "uid": "stator", "tags": ["stator"], "schemaVersion": 38, "version": 1, "refresh": "10s", "time": {"from": "now-1h", "to": "now"},
            "templating": {"list": [
                {"name": "datasource", "type": "datasource", "query": "prometheus"},
                variable("job", "label_values(stator_tables, job)"),
                variable("instance", 'label_values(stator_tables{job=~"$job"}, instance)'),
                variable("table", f"label_values(stator_table_items{{{ONE}}}, table)")]},
            "panels": panels}


def main():
    text = json.dumps(dashboard(), indent=1) + "\n"
    if "--check" in sys.argv[1:]:
        same = os.path.exists(PATH) and open(PATH).read() == text
        print(f"{int(same)} passed, {int(not same)} failed")
        sys.exit(0 if same else 1)
    with open(PATH, "w") as file:
        file.write(text)


if __name__ == "__main__":
    main()
