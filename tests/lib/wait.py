# SPDX-License-Identifier: Apache-2.0
"""Waiting for something that comes by itself."""

import time

PATIENCE_SECONDS = 60


def until(condition, what):
    """Returns what the condition gives once that is true; RuntimeError after a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise RuntimeError(f"waited {PATIENCE_SECONDS} s in vain for {what}")
        time.sleep(0.01)
