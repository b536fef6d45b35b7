# SPDX-License-Identifier: Apache-2.0
"""kill -9 under load, start again, look: nothing acknowledged is lost, nothing is half there, every index is exact.

    kill9.py [--kills 5] [--writers 6] [--seed N]

Killing a process loses nothing that it gave to the kernel, so this finds mistakes of recovery and of acknowledging too early
within the process; lost syncs are found by the engine's own recorder of file operations (tests/engine).
"""

import argparse
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from fault.audit import Audit
from fault.load import INDEXES, TABLE, TABLE_KEYS, Load, create_table
from lib.client import Client
from lib.server import Server
from lib.tally import Tally


def check(tally, what, client, load):
    audit = Audit(client, TABLE, TABLE_KEYS, INDEXES)
    tally.equal(audit.run()[:5], [], f"{what}: indexes, counts and sizes are exact")
    tally.equal(load.settle(audit.items)[:5], [], f"{what}: what was acknowledged is there")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=5)
    options.add_argument("--writers", type=int, default=6)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally, chance = Tally(), random.Random(options.seed)
    server = Server("rocksdb").start()
    create_table(Client(server.port))
    load = Load(server.port, options.writers, options.seed)
    for kill in range(1, options.kills + 1):
        load.start(server.port)
        load.write(chance.randint(60, 600))
        server.kill()
        load.join()
        tally.equal(load.complaints()[:3], [], f"kill {kill}: no request was refused")
        server.start()
        check(tally, f"kill {kill}", Client(server.port), load)
    load.start(server.port)
    load.write(200)
    load.join()
    tally.equal(server.stop(), 0, "a clean stop under no load")
    server.start()
    check(tally, "after a clean stop", Client(server.port), load)
    tally.check(load.acknowledged() > 50 * options.kills, "the load was worth its name", load.acknowledged())
    print(f"{load.acknowledged()} acknowledged writes")
    server.stop()
    server.remove()
    tally.finish()


if __name__ == "__main__":
    main()
