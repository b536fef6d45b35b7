# SPDX-License-Identifier: Apache-2.0
"""What every server is asked to do: the rows of the tables. The workloads are those of tests/bench/requests.c."""

from dataclasses import dataclass

KEYS = 5000  # items in each of the two tables: all fit into every cache, and to sync each of them takes a minute at most
ALONE = 8    # connections of the rows that are measured at one number only
CONNECTIONS = (1, 8, 64, 256)


@dataclass(frozen=True)
class Row:
    name: str
    workload: str
    connections: int
    operation: str

    alone: bool = True  # in the overviews, which have each operation once

    def key(self):
        return f"{self.workload}@{self.connections}"


def rows():
    curves = [Row(name, workload, connections, operation, connections == ALONE)
              for name, workload, operation in (("GetItem 400 B", "get", "GetItem"), ("PutItem 400 B", "put", "PutItem"))
              for connections in CONNECTIONS]
    return curves + [
        Row("UpdateItem ADD", "update", ALONE, "UpdateItem"),
        Row("Query, 10 items", "query-10", ALONE, "Query"),
        Row("BatchGetItem, 25 items", "batch-get", ALONE, "BatchGetItem"),
        Row("BatchWriteItem, 25 items", "batch-write", ALONE, "BatchWriteItem"),
        Row("TransactWriteItems, 4 items", "transact-write-4", ALONE, "TransactWriteItems"),
        Row("ExecuteStatement, SELECT by key", "statement", ALONE, "ExecuteStatement"),
        Row("Scan, a page of 1 MB", "scan", 1, "Scan"),
    ]


def workloads():
    """Each once, for the warm-up."""
    return list(dict.fromkeys(row.workload for row in rows()))
