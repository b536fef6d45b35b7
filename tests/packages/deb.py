#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Debian package: made, looked at, installed in a copy of this system (an overlay, thrown away at the end), served from, removed.

The service itself is judged by systemd-analyze, and its command run as its user with its configuration; a systemd of its own the copy has not. Needs root, for the overlay.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib import wait
from lib.client import Client
from lib.server import PROGRAM, free_port
from lib.tally import Tally

AS_ROOT = [] if os.geteuid() == 0 else ["sudo"]
EXPOSURE_TENTHS_MAX = 20  # of systemd-analyze security


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def make(tally):
    made = run(os.path.join(ROOT, "tools", "deb"))
    match = re.search(r"deb: (\S+\.deb)", made.stdout)
    tally.check(made.returncode == 0 and match, "the package is made", made.stdout + made.stderr)
    return os.path.join(ROOT, match.group(1)) if match else None


def look(tally, package):
    listed = {line.split()[5]: line.split() for line in run("dpkg-deb", "-c", package).stdout.splitlines()}
    for path in ("./usr/bin/stator", "./lib/systemd/system/stator.service", "./etc/stator/stator.conf", "./etc/logrotate.d/stator",
                 "./usr/share/man/man1/stator.1.gz", "./usr/share/man/man5/stator.conf.5.gz", "./usr/share/doc/stator/copyright"):
        tally.check(path in listed and listed[path][1] == "root/root", f"{path} is in it, root's", listed.get(path))
    fields = run("dpkg-deb", "-f", package).stdout
    tally.check(re.search(r"^Depends: .*libc6.*librocksdb.*libssl3", fields, re.M), "it depends on what it is linked with", fields)


def pages(tally, lab):
    subprocess.run([os.path.join(ROOT, "tools", "man"), PROGRAM, lab], check=True)
    options = re.findall(r"^#?([a-z-]+) = ", run(PROGRAM, "config").stdout, re.M)
    for name in ("stator.1", "stator.conf.5"):
        told = run("man", "--warnings", "-l", os.path.join(lab, name), env={**os.environ, "MANWIDTH": "300", "LC_ALL": "C.UTF-8"})
        tally.equal((told.returncode, told.stderr), (0, ""), f"{name} is a page")
        missing = [option for option in options if not re.search(rf"^ +(--)?{option}\b", told.stdout, re.M)]
        tally.equal(missing, [], f"{name} has every setting")


def service(tally):
    unit = os.path.join(ROOT, "packaging", "stator.service")
    judged = run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE_TENTHS_MAX}", unit)
    tally.equal(judged.returncode, 0, f"the service is exposed by {EXPOSURE_TENTHS_MAX / 10} at most: " + judged.stdout.strip().splitlines()[-1])


class Copy:
    """A copy of the running system in which everything may be changed. Its network is ours."""

    def __init__(self):
        self.lab = tempfile.mkdtemp(prefix="stator-deb-")
        self.root = os.path.join(self.lab, "root")
        script = (f"mount -t tmpfs none {self.lab} && cd {self.lab} && mkdir upper work root && "
                  f"mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root && mount -t proc proc root/proc && mount --bind /dev root/dev && "
                  f"mount -t tmpfs none root/run && echo ready $$ && exec sleep 3600")
        self.holder = subprocess.Popen([*AS_ROOT, "unshare", "--mount", "--propagation", "private", "sh", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = self.holder.stdout.readline()
        if not said.startswith("ready "):
            raise RuntimeError(f"no copy of the system: {said} (root is needed)")
        self.pid = int(said.split()[1])

    def command(self, *command):
        return [*AS_ROOT, "nsenter", f"--target={self.pid}", "--mount", "chroot", self.root, *command]

    def run(self, *command):
        return run(*self.command(*command))

    def end(self):
        subprocess.run([*AS_ROOT, "kill", "-KILL", str(self.pid)], check=True)
        self.holder.wait()
        shutil.rmtree(self.lab, ignore_errors=True)


def installed(tally, copy, package):
    with open(package, "rb") as file:
        subprocess.run(copy.command("sh", "-c", "cat > /run/stator.deb"), stdin=file, check=True)
    done = copy.run("dpkg", "-i", "/run/stator.deb")
    tally.check(done.returncode == 0, "it is installed", done.stdout + done.stderr)
    for path, expected in (("/var/lib/stator", "700 stator stator"), ("/var/log/stator", "750 stator stator"), ("/etc/stator/stator.conf", "640 root stator")):
        tally.equal(copy.run("stat", "-c", "%a %U %G", path).stdout.strip(), expected, path)
    shell = copy.run("getent", "passwd", "stator").stdout.strip().split(":")
    tally.equal((shell[5], shell[6]), ("/var/lib/stator", "/usr/sbin/nologin"), "a user of its own that nobody can log in as")


def served(tally, copy):
    """What the service runs, as its user and with its file; twice, with the data of the first time."""
    with open(os.path.join(ROOT, "packaging", "stator.service")) as file:
        command = re.search(r"^ExecStart=(.*)$", file.read(), re.M).group(1).split()
    for number in range(2):
        port = free_port()
        process = subprocess.Popen(copy.command("setpriv", "--reuid=stator", "--regid=stator", "--clear-groups", "--no-new-privs", "env", "-C", "/var/lib/stator",
                                                *command, f"--listen=127.0.0.1:{port}"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = ""
        while "stator.ready" not in said:
            line = process.stdout.readline()
            if not line:
                break
            said += line
        tally.check("stator.ready" in said and "data=/var/lib/stator/data" in said, "it serves", said)
        client = Client(port)
        if number == 0:
            client.must("CreateTable", {"TableName": "books", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
                                        "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"}]})
            wait.until(lambda: client.must("DescribeTable", {"TableName": "books"})["Table"]["TableStatus"] == "ACTIVE", "a table")
            client.must("PutItem", {"TableName": "books", "Item": {"p": {"S": "a"}}})
        tally.equal(client.must("GetItem", {"TableName": "books", "Key": {"p": {"S": "a"}}}).get("Item"), {"p": {"S": "a"}}, "an item")
        client.close()
        process.terminate()
        tally.equal(process.wait(60), 0, "a clean stop")
    tally.equal(copy.run("stator", "check", "/var/lib/stator/data").returncode, 0, "its data are sound")


def removed(tally, copy):
    tally.equal(copy.run("dpkg", "-r", "stator").returncode, 0, "it is removed")
    tally.equal(copy.run("test", "-e", "/usr/bin/stator").returncode, 1, "the program is gone")
    tally.equal(copy.run("test", "-e", "/etc/stator/stator.conf").returncode, 0, "its configuration stays")
    tally.equal(copy.run("dpkg", "--purge", "stator").returncode, 0, "it is purged")
    tally.equal([copy.run("test", "-e", path).returncode for path in ("/etc/stator/stator.conf", "/var/log/stator", "/var/lib/stator/data/db")], [1, 1, 0],
                "configuration and log are gone, the data are not")


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="stator-man-") as lab:
        pages(tally, lab)
    service(tally)
    package = make(tally)
    if package:
        look(tally, package)
        copy = Copy()
        try:
            installed(tally, copy, package)
            served(tally, copy)
            removed(tally, copy)
        finally:
            copy.end()
    tally.finish()


if __name__ == "__main__":
    main()
