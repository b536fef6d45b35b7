# SPDX-License-Identifier: Apache-2.0
"""The list of what `make test` does: preparation steps and suites, with what each needs and how much room it takes.

A new suite is one line here. `slots` is how many cores it keeps busy; `needs` names steps that must have succeeded.
"""

import sys
from dataclasses import dataclass, field

SANITIZER_OPTIONS = {
    "ASAN_OPTIONS": "abort_on_error=1:detect_stack_use_after_return=0:strict_string_checks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1",
}


@dataclass(eq=False)
class Step:
    name: str
    command: list
    needs: tuple = ()
    is_suite: bool = True
    slots: int = 1
    timeout: int = 600
    environment: dict = field(default_factory=dict)


def python(script, *arguments):
    return [sys.executable, script, *arguments]


def client(name, *needs, **more):
    return Step(f"client-{name}", python("tests/clients/run.py", name), needs=("build", *needs), **more)


def sanitized(name, command, *needs):
    """A suite against the server that AddressSanitizer and UBSan watch."""
    return Step(name, command, needs=("build-asan", *needs), environment={**SANITIZER_OPTIONS, "STATOR": "build/asan/stator"})


def preparation():
    return [
        Step("build", ["make", "--no-print-directory", "all"], is_suite=False, slots=2, timeout=1800),
        Step("build-asan", ["make", "--no-print-directory", "build-asan"], needs=("build",), is_suite=False, timeout=1800),
        Step("python-sdk", ["tools/clients", "python"], needs=("build",), is_suite=False),
        Step("java-sdk", ["tools/clients", "java"], needs=("build",), is_suite=False, timeout=900),
        Step("guregu-sdk", ["tools/clients", "guregu"], needs=("build",), is_suite=False, timeout=900),
        Step("kcl-sdk", ["tools/clients", "kcl"], needs=("build",), is_suite=False, timeout=900),
        Step("rust-sdk", ["tools/clients", "rust"], needs=("build",), is_suite=False, slots=2, timeout=1800),
        Step("js-sdk", ["tools/clients", "js"], needs=("build",), is_suite=False),
        Step("go-sdk", ["tools/clients", "go"], needs=("build",), is_suite=False, timeout=900),
        Step("check-tools", ["tools/clients", "check"], needs=("build",), is_suite=False, timeout=900),
    ]


def suites(long):
    kills, items, requests = ("50", "1000000", "1000000") if long else ("5", "10000", "100000")
    cuts = ("--cuts", "500") if long else ("--cuts", "20")
    trials = ("--sweep", "--step", "3") if long else ("--trials", "12")
    modelled = ("--operations", "500000") if long else ("--operations", "20000", "--seed", "1")  # nightly: a new seed
    checked = ("--long",) if long else ("--seed", "1")
    patience = 7200 if long else 600
    return [
        Step("unit-asan", python("tests/lib/programs.py", "build/asan", "--jobs", "1"), needs=("build-asan",)),
        sanitized("conformance-asan", python("tests/conformance/run.py", "--engine", "memory")),
        sanitized("differential-asan", python("tests/differential/run.py", "--requests", "5000")),
        sanitized("simulation-asan", python("tests/sim/run.py", "--seeds", "40", "--seed", "1001", "--program", "build/asan/tests/sim/sim")),
        sanitized("client-http-asan", python("tests/clients/run.py", "http")),
        sanitized("tls-asan", python("tests/operate/tls.py"), "python-sdk"),
        Step("unit", python("tests/lib/programs.py", "build", "--jobs", "1"), needs=("build",)),
        Step("messages", python("tests/conformance/index.py")),
        Step("operations", python("tests/conformance/operations.py")),
        Step("reliability", python("tools/gen_reliability.py", "--check")),
        Step("credentials", python("tests/operate/credentials.py"), needs=("build", "python-sdk")),
        Step("tls", python("tests/operate/tls.py"), needs=("build", "python-sdk")),
        Step("habits", python("tests/operate/habits.py"), needs=("build", "python-sdk")),
        Step("contrib", python("tests/operate/contrib.py"), needs=("build",)),
        Step("top", python("tests/operate/top.py"), needs=("build",)),
        Step("backup", python("tests/operate/backup.py"), needs=("build",)),
        Step("settings", python("tests/operate/settings.py"), needs=("build",)),
        Step("upgrade", python("tests/upgrade/run.py"), needs=("build",)),
        Step("watching", python("tests/operate/watching.py"), needs=("build",)),
        Step("package", python("tests/packages/deb.py"), needs=("build",)),
        Step("docs-commands", python("tests/docs/commands.py"), needs=("build", "python-sdk")),
        Step("docs-generated", python("tests/docs/generated.py"), needs=("build",)),
        Step("conformance-memory", python("tests/conformance/run.py", "--engine", "memory"), needs=("build",)),
        Step("conformance-rocksdb", python("tests/conformance/run.py", "--engine", "rocksdb"), needs=("build",)),
        Step("simulation", python("tests/sim/run.py", "--seeds", "20000" if long else "300"), needs=("build",), slots=2, timeout=patience),
        Step("kill9", python("tests/fault/kill9.py", "--kills", "500" if long else "10"), needs=("build",), timeout=patience),
        Step("powercut", python("tests/fault/powercut.py", *cuts), needs=("build",), timeout=patience),
        Step("streams", python("tests/fault/streams.py", "--kills", kills), needs=("build",), timeout=patience),
        Step("poller", python("tests/fault/poller.py", "--kills", "20" if long else "3"), needs=("build",), timeout=patience),
        Step("ttl", python("tests/fault/ttl.py"), needs=("build",), timeout=patience),
        Step("index-build", python("tests/fault/index_build.py", "--items", items), needs=("build",), timeout=patience),
        Step("memory", python("tests/load/memory.py"), needs=("build",), timeout=patience),
        Step("load-bounds", python("tests/load/bounds.py"), needs=("build",), timeout=patience),
        Step("load-soak", python("tests/load/soak.py", "--seconds", "40"), needs=("build",), timeout=patience),
        Step("flips", python("tests/fault/flips.py", "--flips", "20000" if long else "60"), needs=("build",), timeout=patience),
        Step("iofault", python("tests/fault/iofault.py", *trials), needs=("build",), timeout=patience),
        Step("disk-full", python("tests/fault/disk_full.py"), needs=("build",), timeout=patience),
        Step("forged", python("tests/forged/run.py", *(("--tries", "1000000") if long else ())), needs=("build",), timeout=patience),
        Step("differential", python("tests/differential/run.py", "--requests", requests), needs=("build",), timeout=patience),
        Step("check-self", python("tests/check/run.py", "self"), needs=("check-tools",)),
        Step("check-items", python("tests/check/run.py", "items", *checked), needs=("check-tools",), timeout=patience),
        Step("check-transactions", python("tests/check/run.py", "transactions", *checked), needs=("check-tools",), timeout=patience),
        Step("model-memory", python("tests/model/run.py", *modelled), needs=("build",), timeout=patience),
        Step("model-rocksdb", python("tests/model/run.py", *modelled, "--engine", "rocksdb"), needs=("build",), timeout=patience),
    ]


def clients():
    """The clients of `make test`: quick to install, quick to run."""
    return [
        client("http"),
        client("lab", "python-sdk"),
        client("tutorial", "python-sdk"),
        client("habits", "python-sdk"),
        client("bank", "python-sdk"),
        client("sigv4", "python-sdk"),
        client("pynamodb", "python-sdk"),
        client("js", "js-sdk"),
        client("electrodb", "js-sdk"),
        client("dynamoose", "js-sdk"),
        client("go", "go-sdk"),
    ]


def more_clients():
    """Those of `make test-clients` besides."""
    return [
        client("infrastructure", "python-sdk"),
        client("java", "java-sdk"),
        client("rust", "rust-sdk"),
        client("guregu", "guregu-sdk"),
        Step("client-kcl", python("tests/clients/kcl/follow.py"), needs=("build", "kcl-sdk"), timeout=900),
    ]


def all_steps(long):
    return preparation() + suites(long) + clients()


def client_steps():
    return preparation() + clients() + more_clients()
