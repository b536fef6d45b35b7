# SPDX-License-Identifier: Apache-2.0
"""Starting, stopping and killing the server under test.

    with Server(engine="memory") as server: ...

Each server listens on a free port of 127.0.0.1 and keeps its data in a folder of its own, removed at the end unless the
caller gave one. start() returns once the server has printed `stator.ready`; its output is kept in `log_path`.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(ROOT, os.environ.get("STATOR", "build/stator"))
READY = "stator.ready"
START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 60


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    def __init__(self, engine="rocksdb", data=None, options=(), port=None, environment=None):
        self.engine = engine
        self.options = list(options)
        self.environment = {**os.environ, **(environment or {})}
        self.scratch = tempfile.mkdtemp(prefix="stator-test-")
        self.data = data or os.path.join(self.scratch, "data")
        self.log_path = os.path.join(self.scratch, "log")
        self.port = port or free_port()
        self.process = None

    def command(self):
        return [PROGRAM, "serve", "--listen", f"127.0.0.1:{self.port}", "--engine", self.engine,
                "--data", self.data, *self.options]

    def launch(self):
        """Starts the process and does not wait for anything. Returns where its lines begin in the log."""
        with open(self.log_path, "a") as log:
            start = log.tell()
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=subprocess.STDOUT, env=self.environment)
        return start

    def start(self):
        """Starts the process and waits for its ready line. RuntimeError with the log's end if it does not come."""
        start = self.launch()
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            if READY in self.log_text(start):
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        raise RuntimeError(f"the server did not start: {' '.join(self.command())}\n{self.log_text(start)[-2000:]}")

    def log_text(self, start=0):
        with open(self.log_path, errors="replace") as log:
            log.seek(start)
            return log.read()

    def kill(self):
        """As a power switch for the process: no chance to flush or to say goodbye."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """A clean stop; returns the exit status. A server that does not end in time is killed and reported."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.kill()
                raise RuntimeError(f"the server did not stop within {STOP_SECONDS_MAX} s")
        return self.process.returncode

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def remove(self):
        shutil.rmtree(self.scratch, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, problem, trace):
        if self.alive():
            self.kill() if kind else self.stop()
        self.remove()
