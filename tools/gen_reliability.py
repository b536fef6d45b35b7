#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes docs/reliability.md of docs/ledger.jsonl (long runs) and docs/bugs.jsonl (what they found).

    gen_reliability.py            writes the page
    gen_reliability.py --check    says whether the page is what it would write; ends in `N passed, N failed`

KINDS below has the words: what a kind of run looks for, how, and how to repeat it. Counts are added up over the runs of a kind; a run whose
commit ends in + was made with changes that were not committed.
"""

import json
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib import ledger

PAGE = os.path.join(ROOT, "docs", "reliability.md")
BUGS = os.path.join(ROOT, "docs", "bugs.jsonl")

# kind of run -> title, what it looks for and how. In the order of the page.
KINDS = {
    "simulation": ("Simulation", """
The whole server runs in one thread on a machine of ours: seeded scheduler, virtual clock, sockets and RocksDB played in memory ([tests/sim](../tests/sim/README.md)). Each seed draws its faults (disk errors and full disks,
failing syncs, torn and dropped batches, bits that flip, clocks that jump, crashes at any call, slow and vanishing clients) and what the clients do: items, batches, PartiQL, transactions, a stream, time to live, tables and
indexes that come and go, every kind of UpdateTable. Items and transactions must be linearizable, indexes, counts and the stream exact, everything must come to rest, and `check` must find nothing. `crash_sites`: places
in the server at which it died at least once.
`python3 tests/sim/run.py --seed S --seeds N` repeats it, `build/tests/sim/sim --seed N` a single one."""),
    "kill9": ("kill -9 under load", """
Six clients write in every way the API has (single writes with conditions, batches, transactions in several tables, PartiQL, counters that all share, items that expire) to
tables with indexes and streams; a seventh makes, fills, indexes and deletes tables. What the server may hold is known in the test's process only: for each key the state that was acknowledged, or those that a request without an
answer may have left. After each kill at a random moment, and now and then a second one during recovery, the server starts with other options, and every key is compared to
the byte; transactions are there whole or not at all; indexes, counts and sizes are those of the items; the streams, replayed from their beginning, lead to the tables.
Half of the kills come from outside, half at a call: before or in the middle of a write, before a sync, a change of names.
`tests/fault/kill9.py --kills N --seed S` repeats it; each seed is a folder that is killed a hundred times."""),
    "io": ("Faults of the disk", """
The same library lets the Nth call of a kind fail (write, sync, open, change of names, read, change of size, close; EIO, ENOSPC, EMFILE, half of a write) once or from then on, for N = 1, 2, ... until
a run of start, load and stop comes through untouched. The server may refuse to start or end itself with a report; its errors are those of the API, no answer is wrong, a passing fault
passes, and after a start without faults everything acknowledged is there to the byte. After a failed sync that start is on a folder in which nothing unsynced survived.
`tests/fault/iofault.py --sweep` repeats it."""),
    "flips": ("Bit flips", """
One bit anywhere in a stopped folder is flipped (logs, SST files, manifest, options and the small files alike), the folder is read as `stator check` does, then opened as the server does and read by ranges in both
directions and by each key: every record is as it was, or an error names it; none is missing without a word. After a clean stop, and after a kill with `--strict-tail`; after a kill without it, a
flip in the very last group looks like a torn write: such flips are counted apart (last_group_cut), and everything but that group must be there. `tests/fault/flips.py --flips N --seed S` repeats it."""),
    "power": ("Power loss", """
A library in front of the system (`tests/fault/disk`) notes every change of the server's files and when each reply left, while the same load runs. From the recording
the folder is made as it would be found had the power gone at a certain call: a quarter anywhere, the others around syncs and right behind replies and changes of names. What was not synced is gone, there, cut at a byte, or torn by
sectors and pages; names that were made, changed or removed since their folder was synced survive in order, singly, or only the last of them. A server started on it must hold exactly what had been acknowledged by then;
`stator check` must find nothing. A tenth of the recoveries is cut a second time. `tests/fault/powercut.py --cuts N --seed S` repeats it; `--forget sync`, `--forget folder` and `--durability os` show that losses are
found when there are any."""),
    "check-items": ("Single items are linearizable", """
Clients in small groups work on a few items each, through every operation on single items, PartiQL and Query over the base table and both kinds of index, while the server is killed with kill -9 and its wall clock jumps by
up to six hours. Each answer is recorded whole; [Porcupine](https://github.com/anishathalye/porcupine) looks for an order that explains the answers of an item (at most 2,000 operations a history). A request that got no answer stays open until its process
was gone. Repeat: `python3 tests/check/run.py items --long`. More: [tests/check](../tests/check/README.md).
"""),
    "check-transactions": ("Transactions are strictly serializable", """
TransactWriteItems and TransactGetItems over lists whose elements are unique, beside operations on single items, under the same kills and jumps; the dependencies make a graph, in which a cycle is a fault (Elle's method). Small histories are
judged by Porcupine too. A bank keeps its sum; transactions that got no answer are repeated with their request token and must have been applied once. Repeat: `python3 tests/check/run.py transactions --long`.
"""),
    "fuzz-parsers": ("Parsers against mutated bytes", """
libFuzzer with AddressSanitizer and UBSan on everything that reads bytes from outside or from a disk (`tests/fuzz`). Targets assert what must hold, not only that nothing crashes: what
is read and written again is the same, two ways to the same answer agree. A violation is a crash, a leak, a broken property, more than 64 MB, or more than 50 ms of processor time (500 ms
under the sanitizers; at the end all inputs that were learned run once without). `tools/fuzz --executions 1000000000 --jobs 2 --record`; runs add up."""),
    "fuzz-whole": ("The whole road of requests against mutated bytes", """
One target takes bytes of a connection, or requests one after the other, through head, body, coding, credentials, operation, tables and the memory engine to the bytes of the reply, whose
status, length, checksum, JSON and error type are checked. It starts from the requests of the conformance cases and mutates them in words of the API.
`tools/fuzz whole --executions 10000000 --jobs 2 --record`"""),
    "load": ("Load and overload", """
Crowds of ten thousand connections, thousands of clients that send or read a few bytes a second, ten times the load the server can take, and one hot table or key: what the other clients
notice of it, as ratios of p99 of phases taken in turns in one run; goodput under overload against the peak, how soon the excess is answered, how soon all is as before. A violation is a bound that was
missed. `make load` (`tests/load/run.py`) repeats it."""),
    "soak": ("Soak", """
A mixed load at a moderate rate for hours, with tables made, indexed, streamed and dropped, items that expire, transactions against each other, connections left in every state,
slow clients and clients that are stopped and continued. A minute's sample of resident memory, descriptors, threads, disk and p99 goes into a file; the best line through the last three quarters must be
flat, nothing may be answered wrongly, and when the clients are gone all that was held for them must be given back. `tests/load/soak.py --hours N` repeats it."""),
    "forged": ("Forged signatures", """
Requests that are signed with the right key, in the header or in the query, are altered once or a few times: each part (method, path, query, headers, signed names, scope, time, body, algorithm,
signature, key id, length) is changed by a letter, removed, doubled, moved, parted or put in another form; or they are signed again with a flaw (another secret, scope, day, time, an
unsigned header, a session token). They go as bytes through parser and credentials. None may be let in unless a second canonicaliser, written from the specification, makes the very same
string to sign of it ("void"). Counts are forged requests; void ones are not among them. `python3 tests/forged/run.py --tries 1000000 --record`"""),
}

HEAD = """# Evidence

Generated by `tools/gen_reliability.py` from [ledger.jsonl](ledger.jsonl), to which each long run appends one line, and [bugs.jsonl](bugs.jsonl). What `make test` runs of each kind in
minutes is smaller and has no line here. A run is repeated by checking out its commit and giving its command.
"""


def number(value):
    return f"{value:,}" if isinstance(value, int) else str(value)


def duration(seconds):
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def total(runs):
    sums = {}
    for run in runs:
        for name, count in run["counts"].items():
            sums[name] = sums.get(name, 0) + count
    return ", ".join(f"{number(count)} {name.replace('_', ' ')}" for name, count in sums.items())


def section(kind, runs):
    title, words = KINDS[kind]
    yield f"## {title}\n\n{words.strip()}\n"
    if not runs:
        yield "Not recorded yet.\n"
        return
    yield f"Altogether {total(runs)}, in {duration(sum(run['seconds'] for run in runs))}.\n"
    yield "| date | commit | seeds | counts | time | command |\n|---|---|---|---|---|---|"
    for run in runs:
        yield (f"| {run['date']} | {run['commit']} | {run['seeds'] or ''} | {total([run])} | {duration(run['seconds'])} | "
               f"`{run['command']}` |")
    yield ""


def bugs():
    with open(BUGS) as file:
        found = [json.loads(line) for line in file if line.strip()]
    yield "## What was found\n"
    if not found:
        yield "Nothing yet."
        return
    yield "| date | what was wrong | found by | the test that fails without the fix | fix | what would have found it sooner |\n|---|---|---|---|---|---|"
    for bug in found:
        yield "| " + " | ".join(bug[key] for key in ("date", "what", "found_by", "test", "commit", "sooner")) + " |"


def page():
    runs = ledger.lines()
    unknown = {run["kind"] for run in runs} - set(KINDS)
    if unknown:
        sys.exit(f"these kinds of runs need their words in {os.path.basename(__file__)}: {', '.join(sorted(unknown))}")
    parts = [HEAD]
    for kind in KINDS:
        parts += section(kind, [run for run in runs if run["kind"] == kind])
    return "\n".join([*parts, *bugs()]) + "\n"


def main():
    text = page()
    if sys.argv[1:] == ["--check"]:
        with open(PAGE) as file:
            same = file.read() == text
        if not same:
            print("FAIL docs/reliability.md is not what tools/gen_reliability.py makes of the ledger: run it")
        print(f"{int(same)} passed, {int(not same)} failed")
        sys.exit(not same)
    with open(PAGE, "w") as file:
        file.write(text)


if __name__ == "__main__":
    main()
