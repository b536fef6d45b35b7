# SPDX-License-Identifier: Apache-2.0
"""The rows of the benchmark: what is measured, under which conditions, and which figure is asked of it.

A bar is a share of what the echo server reaches in the same minutes unless the row says otherwise; `stretch` is what the design
hopes for. Conditions are part of the row because a figure without them means nothing.
"""

from dataclasses import dataclass

ONE, TWO = "one core", "two cores shared with the generator"
WARM = "all in cache"
OVERWRITE = "present keys, memtable and SST"


@dataclass(frozen=True)
class Row:
    name: str
    workload: str
    connections: int
    cores: str
    keys: str            # the key pattern
    state: str           # cache and flush state
    bar: float = 0.0     # 0: told, not judged
    stretch: float = 0.0
    signed: bool = False
    unit: str = "requests_per_s"
    against: str = ""    # the row the share is taken of; "": the echo server; "absolute": none
    quick: bool = True

    def share_of(self, value):
        """How a bar or a result of this row reads."""
        if self.against == "absolute":
            return f"{value / 1e6:.0f} MB/s"
        return f"{value:.2f}" + (f" of {self.against}" if self.against else "")


READS = [
    Row("GetItem 400 B", "get", 1, ONE, "100,000 uniform", WARM, quick=False),
    Row("GetItem 400 B", "get", 16, ONE, "100,000 uniform", WARM, quick=False),
    Row("GetItem 400 B", "get", 64, ONE, "100,000 uniform", WARM, 0.45, 0.55),
    Row("GetItem 400 B", "get", 256, ONE, "100,000 uniform", WARM, quick=False),
    Row("Query 20 x 400 B", "query", 64, ONE, "5,000 partitions, uniform", WARM, 0.10, 0.14),
    Row("Scan, 1 MB pages", "scan", 4, ONE, "whole table", WARM, 200e6, 400e6, unit="item_bytes_per_s", against="absolute"),
]
SIGNED_READS = [
    Row("GetItem 400 B, SigV4", "get", 64, ONE, "100,000 uniform", WARM, 0.38, 0.47, signed=True),
]
WRITES = [
    Row("PutItem 400 B, synced", "put", 1, TWO, "100,000 uniform", OVERWRITE, quick=False),
    Row("PutItem 400 B, synced", "put", 16, TWO, "100,000 uniform", OVERWRITE, quick=False),
    Row("PutItem 400 B, synced", "put", 64, TWO, "100,000 uniform", OVERWRITE, 0.16, 0.20),
    Row("PutItem 400 B, synced", "put", 256, TWO, "100,000 uniform", OVERWRITE, 0.20, 0.25),
    Row("UpdateItem ADD, spread keys", "update", 64, TWO, "100,000 uniform", OVERWRITE, 0.15, 0.18),
    Row("UpdateItem ADD, one hot key", "update-hot", 64, TWO, "one key", OVERWRITE, 0.8, 1.0,
        against="UpdateItem ADD, spread keys"),
    Row("BatchWriteItem 25, items", "batch-write", 64, TWO, "100,000 uniform", OVERWRITE, 0.30, 0.45, unit="items_per_s"),
    Row("TransactWriteItems 100, items", "transact-write", 16, TWO, "100,000 uniform", OVERWRITE, 0.5,
        unit="items_per_s", against="BatchWriteItem 25, items"),
    Row("mixed 80/10/5/5 get/put/update/query", "mixed", 64, TWO, "100,000 uniform", OVERWRITE, quick=False),
]

STREAM_BARS = {"KEYS_ONLY": (0.75, 0.90), "NEW_AND_OLD_IMAGES": (0.60, 0.80)}  # PutItem with a stream against without
EXPIRY_BAR, EXPIRY_STRETCH = 0.10, 0.20         # items a second that time to live removes against those that PutItem writes
TLS_BAR = 1.0                                   # processor time that TLS adds to a request against what it adds to the echo server's
FAIRNESS_BAR, FAIRNESS_STRETCH = 1.3, 1.1       # most served of 8 connections against least served
READY_BAR = 1.5                                 # times a bare RocksDB open
IDLE_RSS_BAR = 25 * 2**20                       # bytes
CONNECTION_BAR = 16 * 2**10                     # bytes of the server's own memory per idle connection
COLD_BAR = 2.0                                  # p99 of hot reads with cold reads or scans beside them against hot ones
