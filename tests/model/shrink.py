# SPDX-License-Identifier: Apache-2.0
"""From a long list of requests that ends in a difference to a short one that still does.

Each trial has a server and a model of its own. First only the last 1, 2, 4 ... requests are tried, then requests are
left out one by one. What is found may show another difference than the one that was met; it is a difference all the
same.
"""

TRIALS_MAX = 200


def shrink(requests, differs):
    """`differs(list)` tells whether these requests end in a difference. If not even all do, all are returned."""
    trials = Budget(differs)
    short = requests
    count = 1
    while count < len(requests):
        if trials.differs(requests[-count:]):
            short = requests[-count:]
            break
        count *= 2
    return without_needless(short, trials)


def without_needless(requests, trials):
    """Leaves out runs of requests, half of them first and single ones in the end, wherever the difference stays."""
    step = len(requests) // 2
    while step >= 1:
        at = 0
        while at < len(requests) - 1:
            fewer = requests[:at] + requests[min(at + step, len(requests) - 1):]
            if trials.differs(fewer):
                requests = fewer
            else:
                at += step
        step //= 2
    return requests


class Budget:
    """Trials are not free: when there were enough of them, nothing differs any more."""

    def __init__(self, differs):
        self.test, self.left = differs, TRIALS_MAX

    def differs(self, requests):
        self.left -= 1
        return self.left >= 0 and self.test(requests)
