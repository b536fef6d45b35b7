# SPDX-License-Identifier: Apache-2.0
"""What a server may hold, known from outside: every write that clients sent, what each makes of its keys, and which of them
were answered.

A key is (table, frozen key attributes); its state is an item, or None. A write that was answered leaves one state; one that
was not leaves the states before it and its own; a transaction that was not answered is there as a whole or not at all.
Sums are the values of counters that many clients add to: what each answered addition added, and a range for the others.

Each client has keys of its own and sends one write at a time, so its writes have an order; `of` replays them up to a moment,
which is how a power cut in the past is judged.
"""

import collections


class Operation:
    """One write. `states` maps each key to the states that it may have afterwards, usually one; `sums` maps counters to
    what is added. `whole`: all of it or nothing."""

    __slots__ = ("begun", "request_id", "states", "sums", "whole")

    def __init__(self, begun, states, sums=None, whole=False):
        self.begun, self.states, self.sums, self.whole = begun, states, sums or {}, whole
        self.request_id = None  # of the reply that said that it is done


class Expected:
    def __init__(self):
        self.possible = {}
        self.open = []  # operations that may have been done or not, oldest first, with the keys that are still theirs
        self.sums = collections.Counter()

    @classmethod
    def of(cls, base, history, position, sent):
        """After the operations of `history` on top of `base`, as of `position`; `sent` maps request IDs to positions."""
        expected = base.copy()
        for operation in history:
            if operation.begun > position:
                break
            expected.begin(operation)
            if sent.get(operation.request_id, position) < position:
                expected.done(operation)
        return expected

    def copy(self):
        """Of one with nothing open."""
        expected = Expected()
        expected.possible.update(self.possible)
        expected.sums.update(self.sums)
        return expected

    def fork(self):
        """The same, open operations included."""
        expected = self.copy()
        expected.open = [(operation, dict(before)) for operation, before in self.open]
        return expected

    def states(self, key):
        return self.possible.get(key, [None])

    def known(self, key):
        """The one state of the key; LookupError when there are several."""
        states = self.states(key)
        if len(states) > 1:
            raise LookupError(key)
        return states[0]

    def begin(self, operation):
        before = {key: self.states(key) for key in operation.states}
        for key, states in operation.states.items():
            self.possible[key] = before[key] + states
        self.open.append((operation, before))

    def done(self, operation):
        self.open = [one for one in self.open if one[0] is not operation]
        for key, states in operation.states.items():
            self.possible[key] = states
            for _, before in self.open:
                before.pop(key, None)  # what it left there is not seen any more
        self.sums.update(operation.sums)

    def not_done(self, operation):
        """The server said that it changed nothing; there is no other in flight."""
        for one, before in self.open:
            if one is operation:
                self.possible.update(before)
        self.open = [one for one in self.open if one[0] is not operation]

    def problems(self, found):
        """`found`: key to item."""
        problems = [f"{key} holds {str(found.get(key))[:300]}, possible is {str(states)[:600]}"
                    for key, states in self.possible.items() if found.get(key) not in states]
        for operation, before in self.open:
            if operation.whole and len(self.votes(operation, before, found)) > 1:
                problems.append(f"a part of a transaction is there: {str(operation.states)[:600]}")
        return problems

    @staticmethod
    def votes(operation, before, found):
        """Was it done? What the keys say for which that can be told."""
        return {found.get(key) in operation.states[key] for key in before
                if all(state not in before[key] for state in operation.states[key])}

    def ranges(self, found):
        """Counter to (lowest, highest) that it may have by this client's additions."""
        ranges = {counter: (value, value) for counter, value in self.sums.items()}
        for operation, before in self.open:
            votes = self.votes(operation, before, found)
            for counter, amount in operation.sums.items():
                low, high = ranges.get(counter, (0, 0))
                if votes != {False}:
                    high, low = high + max(amount, 0), low + min(amount, 0)
                if votes == {True}:
                    low, high = low + max(amount, 0), high + min(amount, 0)
                ranges[counter] = (low, high)
        return ranges

    def settle(self, found):
        """Takes over what was found, after `problems` was asked: nothing is open any more."""
        for operation, before in self.open:
            if operation.sums and self.votes(operation, before, found) == {True}:
                self.sums.update(operation.sums)
        self.possible = {key: [found.get(key)] for key in self.possible if found.get(key) is not None}
        self.open = []
