# SPDX-License-Identifier: Apache-2.0
"""Everything that must hold after a crash, asked of a server that has come back: `verify`, and of a folder: `check_folder`."""

import subprocess

from fault.audit import Audit
from fault.landlord import THERE, index_key, table_key
from fault.load import PAST, problems
from fault.replay import Replay
from fault.tables import KEYS, MAIN, STREAMS, TTL, wait_active
from lib.server import PROGRAM

CHECK_SECONDS_MAX = 120


def check_folder(data):
    """(exit status, findings and figures) of `stator check`."""
    done = subprocess.run([PROGRAM, "check", "--data", data], capture_output=True, text=True, timeout=CHECK_SECONDS_MAX)
    return done.returncode, done.stdout + done.stderr


def open_replays(client):
    return {table: Replay(client.must("DescribeTable", {"TableName": table})["Table"]["LatestStreamArn"]) for table in STREAMS}


def wait_expired(client):
    """Until time to live has taken what is due."""
    due = {"TableName": MAIN, "FilterExpression": "#t = :past", "ExpressionAttributeNames": {"#t": TTL},
           "ExpressionAttributeValues": {":past": {"N": PAST}}, "Select": "COUNT", "ConsistentRead": True}
    while any(page["Count"] for page in client.pages("Scan", due)):
        pass


class Found:
    """What a server at rest holds. `problems`: what contradicts itself, what nobody wrote, what is missing."""

    def __init__(self, client, expected, replays):
        wait_expired(client)
        self.items, self.problems = {}, []
        for table in client.must("ListTables", {})["TableNames"]:
            if wait_active(client, table):
                self.table(client, table)
        self.problems += problems(expected, self.items)
        for table, replay in replays.items():
            self.replay(client, table, replay)

    def table(self, client, table):
        audit = Audit(client, table)
        self.problems += audit.run()
        self.items.update({(table, key): item for key, item in audit.items.items()})
        if table not in KEYS:
            self.items.update({table_key(table): THERE, **{index_key(table, index.name): THERE for index in audit.indexes}})

    def replay(self, client, table, replay):
        replay.catch_up(client.must)
        told, items = replay.items(), {key: item for (owner, key), item in self.items.items() if owner == table}
        self.problems += replay.problems
        self.problems += [f"the stream of {table} tells {str(told.get(key))[:300]} of {key}, the table has {str(items.get(key))[:300]}"
                          for key in told.keys() | items.keys() if told.get(key) != items.get(key)]
