# SPDX-License-Identifier: Apache-2.0
"""The disk fills up: writes are refused before anything breaks, reads go on, nothing acknowledged is lost, and writes are
taken again when there is room.

    disk_full.py [--megabytes 300]

Needs root: the data lies on a small tmpfs of its own. Without root it says so and passes one test of nothing.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib.client import Client
from lib.server import Server
from lib.tally import Tally

TABLE = "Full"
PAD = {"S": "x" * 100_000}
RESUME_SECONDS = 30


def mount(folder, megabytes, remount=False):
    options = ("remount," if remount else "") + f"size={megabytes}m"
    return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True).returncode == 0


def put(client, number):
    return client.call("PutItem", {"TableName": TABLE, "Item": {"pk": {"S": f"k{number}"}, "pad": PAD}})


def fill(client, megabytes):
    """Puts until one is refused; the number that were acknowledged and the refusal."""
    number = 0
    while number < megabytes * 20:
        reply = put(client, number)
        if reply.status != 200:
            return number, reply
        number += 1
    return number, None


def missing_items(client, count):
    lost = []
    for number in range(count):
        reply = client.call("GetItem", {"TableName": TABLE, "Key": {"pk": {"S": f"k{number}"}}, "ConsistentRead": True})
        if reply.status != 200 or reply.json.get("Item", {}).get("pad") != PAD:
            lost.append((number, reply.status))
    return lost


def scenario(server, folder, megabytes, tally):
    client = Client(server.port)
    client.must("CreateTable", {"TableName": TABLE, "BillingMode": "PAY_PER_REQUEST",
                                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                                "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]})
    while client.must("DescribeTable", {"TableName": TABLE})["Table"]["TableStatus"] != "ACTIVE":
        pass
    count, refusal = fill(client, megabytes)
    print(f"{count} items of 100 KB were taken; then {refusal and (refusal.status, refusal.error, refusal.message)}")
    tally.check(refusal is not None, "a full disk refuses writes")
    tally.check(count > 50, "after it has taken a good part", count)
    tally.check(refusal is None or refusal.status in (400, 500, 503), "with an answer", refusal and refusal.status)
    tally.check(server.alive(), "and the server lives", server.log_text()[-2000:])
    tally.equal(missing_items(client, count)[:5], [], "reads go on and nothing is lost")

    mount(folder, megabytes * 4, remount=True)
    deadline = time.monotonic() + RESUME_SECONDS
    while put(client, count).status != 200 and time.monotonic() < deadline:
        pass
    tally.equal(put(client, count).status, 200, "with room again writes are taken")
    server.kill()
    server.start()
    tally.equal(missing_items(Client(server.port), count + 1)[:5], [], "after a kill and a start all is there")
    server.stop()
    server.remove()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--megabytes", type=int, default=300)
    options = options.parse_args()

    tally = Tally()
    folder = tempfile.mkdtemp(prefix="stator-full-")
    if os.geteuid() != 0 or not mount(folder, options.megabytes):
        print("no small disk to be had here: not tested")
        tally.ok()
    else:
        try:
            server = Server("rocksdb", data=os.path.join(folder, "data"), options=["--memory", "64M"]).start()
            try:
                scenario(server, folder, options.megabytes, tally)
            except ConnectionError as problem:
                tally.fail("the server answers", f"{problem}\n{server.log_text()[-4000:]}")
        finally:
            subprocess.run(["umount", "-l", folder])
    os.rmdir(folder)
    tally.finish()


if __name__ == "__main__":
    main()
