# SPDX-License-Identifier: Apache-2.0
"""Who is measured beside Stator, how each is started, and what each promises when it has answered a write.

A peer is started as its own documentation starts it, with a free port, on the core of the servers. What it keeps on disk is in a
folder of its own. Its start counts from the process to the first answer to ListTables.
"""

import http.client
import os
import pathlib
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass

import rig

ON_DISK, MEMORY = "on disk", "in memory"
SETTLE_SECONDS_MAX = 2  # some are never quite idle
LOCAL_MAIN = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner"
MISSING = 77  # the exit status of tools/peers on a machine that cannot have a peer


@dataclass(frozen=True)
class Peer:
    name: str            # as the tables and charts call it
    product: str         # one colour in the charts
    kind: str            # ON_DISK or MEMORY; whether what is on disk is synced, the run counts
    keeps: str           # where the items are once a write is answered
    command: object      # (root, port, folder of its data) -> the command
    home: str = ""       # the name that tools/peers knows; "": it is Stator
    warmup_s: float = 1  # of each workload before anything is measured; programs that compile while they run get longer

    def base(self):
        """Stator as this peer is compared with it: disk with disk, memory with memory."""
        return STATOR if self.kind == ON_DISK else STATOR_MEMORY


def stator(engine):
    return lambda root, port, data: [root.stator, "serve", "--listen", f"127.0.0.1:{port}", "--data", data,
                                     "--engine", engine, "--auth", "open", "--durability", "sync", "--workers", "1"]


def dynamodb_local(*more):
    def command(root, port, data):
        jars = root.peers / "dynamodb-local" / "jars"
        where = [word if word else str(data) for word in more]
        return ["java", f"-Djava.library.path={jars}", "-cp", f"{jars}/*", LOCAL_MAIN, "-disableTelemetry", "-port", str(port), *where]
    return command


def dynalite(on_disk):
    return lambda root, port, data: ["node", root.peers / "dynalite/node_modules/dynalite/cli.js", "--host", "127.0.0.1", "--port",
                                     str(port), "--createTableMs", "0", *(["--path", data] if on_disk else [])]


def dynoxide(on_disk):
    return lambda root, port, data: [root.peers / "dynoxide/bin/dynoxide", "--port", str(port),
                                     *(["--db-path", data / "items.db"] if on_disk else [])]


def moto(root, port, data):
    return [root.peers / "moto/venv/bin/moto_server", "-H", "127.0.0.1", "-p", str(port)]


STATOR = Peer("Stator", "Stator", ON_DISK, "RocksDB", stator("rocksdb"))
STATOR_MEMORY = Peer("Stator, memory engine", "Stator", MEMORY, "the process", stator("memory"))
PEERS = [
    STATOR,
    Peer("DynamoDB Local", "DynamoDB Local", ON_DISK, "SQLite file", dynamodb_local("-dbPath", ""), "dynamodb-local", 4),
    Peer("Dynoxide", "Dynoxide", ON_DISK, "SQLite file", dynoxide(True), "dynoxide"),
    Peer("dynalite, not synced", "dynalite", ON_DISK, "LevelDB folder", dynalite(True), "dynalite", 2),
    STATOR_MEMORY,
    Peer("DynamoDB Local, in memory", "DynamoDB Local", MEMORY, "the process", dynamodb_local("-inMemory"), "dynamodb-local", 4),
    Peer("Dynoxide, in memory", "Dynoxide", MEMORY, "the process", dynoxide(False), "dynoxide"),
    Peer("dynalite, in memory", "dynalite", MEMORY, "the process", dynalite(False), "dynalite", 2),
    Peer("moto, in memory", "moto", MEMORY, "the process", moto, "moto"),
]


@dataclass(frozen=True)
class Root:
    """Where programs are."""
    tree: pathlib.Path   # the repository
    stator: pathlib.Path
    peers: pathlib.Path  # build/peers


def install(tree, home):
    """None, or in one sentence why this machine cannot have it."""
    done = subprocess.run([tree / "tools/peers", home], capture_output=True, text=True)
    if done.returncode == 0:
        return None
    told = (done.stdout + done.stderr).strip().splitlines() or ["it did not say why"]
    return told[-1] if done.returncode == MISSING else f"the installation failed: {told[-1]}"


def versions(root, homes):
    """The version of each product that is here, with that of what runs it where that matters."""
    def pinned(pin, pattern):
        return re.search(pattern, (root.tree / "tests/peers/pins" / pin).read_text())[1]

    def said(*command):
        done = subprocess.run(command, capture_output=True, text=True)
        return (done.stdout or done.stderr).splitlines()[0].strip()

    tell = {
        "": lambda: said(root.stator, "--version"),
        "dynamodb-local": lambda: f"DynamoDB Local {pinned('dynamodb-local.xml', '<version>([0-9.]{2,})<')} ({said('java', '--version')})",
        "dynoxide": lambda: f"Dynoxide, crate dynoxide-rs {pinned('dynoxide.txt', 'dynoxide-rs@([0-9.]+)')}",
        "dynalite": lambda: f"dynalite {pinned('dynalite/package.json', 'dynalite.: .([0-9.]+)')} (Node {said('node', '--version')})",
        "moto": lambda: f"moto {pinned('moto.txt', '(?m)^moto==([0-9.]+)')} "
                        f"({said(root.peers / 'moto/venv/bin/python', '--version')}, moto_server)",
    }
    return [telling() for home, telling in tell.items() if home in homes]


class Running(rig.Server):
    """A peer that runs. Between its turns it is stopped (SIGSTOP), so that it takes nothing from the one that is measured."""

    def __init__(self, peer, root, folder, name):
        self.peer, self.port, self.data = peer, rig.free_port(), folder / name
        self.rates, self.unknown = {}, set()  # of workloads, as the warm-up found them
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(parents=True)
        super().__init__(peer.command(root, self.port, self.data), rig.SERVER_CORE, None, folder / f"{name}.log")

    def is_ready(self):
        try:
            return self.call("ListTables", {})[0] == 200
        except (OSError, ValueError, http.client.HTTPException):
            return False

    def begin(self):
        os.kill(self.pid, signal.SIGCONT)
        self.settle(SETTLE_SECONDS_MAX, 0.1)

    def rest(self):
        os.kill(self.pid, signal.SIGSTOP)

    def stop(self):
        if self.process.poll() is None:
            os.kill(self.pid, signal.SIGCONT)
        super().stop()

    def disk_bytes(self):
        """What the folder takes, by blocks."""
        return sum(512 * path.lstat().st_blocks for path in self.data.rglob("*") if path.is_file())
