# SPDX-License-Identifier: Apache-2.0
"""What the benchmark starts and measures: the echo server, the database, the load generator, and the machine itself.

Every process is pinned. The server side gets one core and the generator the other when a row is told as a share of the echo
server; rows of writes let both share both cores, because the committer is a thread of its own.
"""

import http.client
import json
import os
import pathlib
import platform
import re
import socket
import subprocess
import time

ACCESS_KEY, SECRET = "AKIDBENCHMARK", "benchmark-secret"
READY_SECONDS_MAX = 60
STOP_SECONDS_MAX = 60
SETTLE_SECONDS_MAX = 30
IDLE_CORES_MAX = 0.02
CPUCLOCK_SCHED = 2  # of the kernel's clock numbers: the CPU time of a process as the scheduler accounts it

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, GENERATOR_CORE = {CORES[0]}, {CORES[-1]}
ALL_CORES = set(CORES)


def pinned(command, cores, **options):
    return subprocess.Popen(command, preexec_fn=lambda: os.sched_setaffinity(0, cores), **options)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class NotReady(Exception):
    """A server that did not come up; the text is the end of its log."""


class Process:
    """A program that is ready once its output, which goes to a log file, holds the text `ready`."""

    def __init__(self, command, cores, ready, log, environment=None):
        self.log, self.ready = pathlib.Path(log), ready
        started = time.monotonic()
        with open(self.log, "wb") as out:
            self.process = pinned(command, cores, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                  env={**os.environ, **(environment or {})})
        self.pid = self.process.pid
        while not self.is_ready():
            ended = self.process.poll() is not None and not self.is_ready()
            if ended or time.monotonic() - started > READY_SECONDS_MAX:
                self.stop()
                raise NotReady(f"{' '.join(map(str, command))}: {self.log.read_text(errors='replace')[-600:].strip()}")
            time.sleep(0.001)
        self.ready_s = time.monotonic() - started

    def is_ready(self):
        return self.ready in self.log.read_text(errors="replace")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Echo(Process):
    """`pair`: certificate and key, with which it speaks TLS."""

    def __init__(self, tools, logs, pair=()):
        super().__init__([tools / "bench_echo", "0", *pair], SERVER_CORE, "echo.ready", logs / f"echo{len(pair)}.log")
        self.port = int(re.search(r"port=(\d+)", self.log.read_text())[1])


def pair_make(binary, folder):
    """A certificate and its key."""
    subprocess.run([binary, "cert", folder], check=True, stdout=subprocess.DEVNULL)
    return folder / "certificate.pem", folder / "key.pem"


def bare_open_s(tools, folder, logs):
    """How long a program that only opens RocksDB takes to be ready."""
    with Process([tools / "bench_open", folder], ALL_CORES, "open.ready", logs / "open.log") as opened:
        return opened.ready_s


class Server(Process):
    """Whatever speaks the API on `port`."""

    port = None

    def call(self, operation, body):
        """One request without a real signature; returns (status, reply)."""
        date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", "/", json.dumps(body), {
            "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"DynamoDB_20120810.{operation}",
            "X-Amz-Date": date, "Authorization":
                f"AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/{date[:8]}/us-east-1/dynamodb/aws4_request, "
                f"SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature={'0' * 64}"})
        reply = connection.getresponse()
        text = reply.read()
        connection.close()
        return reply.status, json.loads(text or b"{}")

    def table_create(self, name, *key_names):
        status, reply = self.call("CreateTable", {
            "TableName": name, "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": n, "AttributeType": "S"} for n in key_names],
            "KeySchema": [{"AttributeName": n, "KeyType": k} for n, k in zip(key_names, ("HASH", "RANGE"))]})
        if status != 200 and "ResourceInUse" not in str(reply):
            raise NotReady(f"CreateTable answered {status}: {reply}")
        self.table_wait(name)

    def stream_set(self, name, view):
        """Gives a table a stream of this view type; None: takes it away."""
        stream = {"StreamEnabled": True, "StreamViewType": view} if view else {"StreamEnabled": False}
        status, reply = self.call("UpdateTable", {"TableName": name, "StreamSpecification": stream})
        if status != 200:
            raise NotReady(f"UpdateTable answered {status}: {reply}")
        self.table_wait(name)

    def expiry_seconds(self, table, attribute, items):
        """Switches time to live on and waits until the items, which must all be due, are gone."""
        started = time.monotonic()
        status, reply = self.call("UpdateTimeToLive", {
            "TableName": table, "TimeToLiveSpecification": {"AttributeName": attribute, "Enabled": True}})
        if status != 200:
            raise NotReady(f"UpdateTimeToLive answered {status}: {reply}")
        while time.monotonic() - started < 600:
            if self.call("DescribeTable", {"TableName": table})[1]["Table"]["ItemCount"] == 0:
                return time.monotonic() - started
            time.sleep(0.05)
        raise NotReady(f"not all of {items} items are gone after ten minutes")

    def table_wait(self, name):
        for _ in range(600):
            status, reply = self.call("DescribeTable", {"TableName": name})
            if reply.get("Table", {}).get("TableStatus") == "ACTIVE":
                return
            time.sleep(0.05)
        raise NotReady(f"table {name} does not become ACTIVE: {reply}")

    def cpu_seconds(self):
        return time.clock_gettime(~self.pid << 3 | CPUCLOCK_SCHED)  # as clock_getcpuclockid() of the C library makes it

    def settle(self, seconds_max=SETTLE_SECONDS_MAX, step=0.25):
        """Waits until the server has nothing to do: flushes and compactions of what was written before are not the next row's."""
        for _ in range(int(seconds_max / step)):
            before = self.cpu_seconds()
            time.sleep(step)
            if self.cpu_seconds() - before < step * IDLE_CORES_MAX:
                return

    def rss_bytes(self):
        return 1024 * int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.pid}/status").read_text())[1])


class Stator(Server):
    """The database. `workers` None leaves its own default (one for each core)."""

    def __init__(self, binary, data, logs, cores, workers=None, auth="open", engine="rocksdb", durability="sync",
                 memory=None, pair=()):
        """`pair`: certificate and key, with which `port_of_tls` is served too."""
        self.port, self.port_of_tls = free_port(), free_port()
        command = [binary, "serve", "--listen", f"127.0.0.1:{self.port}", "--data", str(data), "--engine", engine,
                   "--auth", auth, "--durability", durability]
        command += ["--workers", str(workers)] if workers else []
        command += ["--memory", memory] if memory else []
        if pair:
            command += ["--listen", f"http://127.0.0.1:{self.port},https://127.0.0.1:{self.port_of_tls}",
                        "--tls-certificate", pair[0], "--tls-key", pair[1]]
        super().__init__(command, cores, "stator.ready", logs / "stator.log",
                         {"STATOR_ACCESS_KEY_ID": ACCESS_KEY, "STATOR_SECRET_ACCESS_KEY": SECRET})


def load_start(tools, server, workload, cores, port=None, **options):
    command = [tools / "bench_load", "--port", str(port or server.port), "--server-pid", str(server.pid), "--workload", workload,
               "--access-key", ACCESS_KEY, "--secret", SECRET]
    for name, value in options.items():
        name = "--" + name.replace("_", "-")
        command += [name] if value is True else [] if value is False else [name, str(value)]
    return pinned(command, cores, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def load_end(process):
    """The generator's figures; when it could not measure, {"failed": why}."""
    out, errors = process.communicate()
    try:
        figures = json.loads(out)
    except ValueError:
        return {"failed": errors.strip() or f"the generator ended with {process.returncode}"}
    if figures["errors"]:
        figures["failed"] = f"{figures['errors']} wrong replies, the first: {figures['first_error']}"
    return figures


def load(tools, server, workload, cores=GENERATOR_CORE, **options):
    return load_end(load_start(tools, server, workload, cores, **options))


def rocksdb_library(binary):
    """Which RocksDB the server is linked with: every figure depends on it."""
    try:
        linked = subprocess.run(["ldd", binary], capture_output=True, text=True).stdout
        version = subprocess.run(["pkg-config", "--modversion", "rocksdb"], capture_output=True, text=True).stdout.strip()
    except OSError:
        return "unknown"
    return f"{version}, the distribution's shared library" if "librocksdb" in linked else "linked into the binary"


def machine():
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())
    return {"cores": len(CORES), "cpu": cpu[1] if cpu else platform.machine(),
            "kernel": ".".join(platform.release().split("-")[0].split(".")[:2]),
            "memory_gib": round(int(memory[1]) / 2**20),
            "system": next((line.split("=")[1].strip('"\n') for line in open("/etc/os-release")
                            if line.startswith("PRETTY_NAME")), platform.system())}
