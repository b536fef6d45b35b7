# SPDX-License-Identifier: Apache-2.0
"""DynamoDB Local as a process: fetched once from Maven Central into build/local, started on a free port, in memory.

    with Local() as local: ... local.port ...

`pom.xml` says which version; another version there is fetched at the next start. start() returns once the port answers.
"""

import filecmp
import os
import re
import shutil
import subprocess
import time

from lib.client import Client
from lib.server import ROOT, free_port

HERE = os.path.dirname(os.path.abspath(__file__))
POM = os.path.join(HERE, "pom.xml")
FOLDER = os.path.join(ROOT, "build", "local")
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
MAIN = "software.amazon.dynamodb.services.local.main.ServerRunner"
START_SECONDS_MAX = 60


def install():
    """Everything that the pom names, under build/local/jars. The copy of the pom, made last, says that it is whole."""
    stamp, jars = os.path.join(FOLDER, "pom.xml"), os.path.join(FOLDER, "jars")
    if not (os.path.exists(stamp) and filecmp.cmp(POM, stamp, shallow=False)):
        print("local: fetch DynamoDB Local into build/local", flush=True)
        shutil.rmtree(FOLDER, ignore_errors=True)
        os.makedirs(jars)
        subprocess.run(["mvn", "-q", "-B", "-f", POM, COPY, f"-DoutputDirectory={jars}"], check=True)
        shutil.copy(POM, stamp)
    return jars


def version():
    with open(POM, encoding="utf-8") as file:
        return re.search("<local.version>(.*)</local.version>", file.read()).group(1)


class Local:
    """The process. Its port answers from __enter__ on; __exit__ ends it. Its stacks are large, or how deep a statement may nest
    would change from run to run."""

    def __init__(self):
        self.jars = install()
        self.port = free_port()
        self.log_path = os.path.join(FOLDER, "log")
        self.process = None

    def command(self):
        return ["java", "-Xmx1g", "-Xss16m", f"-Dsqlite4java.library.path={self.jars}",
                "-cp", os.path.join(self.jars, "*"), MAIN, "-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(self.port)]

    def __enter__(self):
        with open(self.log_path, "w") as log:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            self.wait_until_it_answers()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait_until_it_answers(self):
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                Client(self.port).must("ListTables", {})
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"DynamoDB Local did not start; its output is in {self.log_path}")

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
