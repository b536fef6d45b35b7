# SPDX-License-Identifier: Apache-2.0
"""What is answered instead of a result, and the two wordings of it (data-plane.md 0.2 and 9).

A Fault is an error reply. Its text may be None where the service's wording is not on record: then only the kind counts.

A Layer is the way one operation words its faults. `current` chooses between the two texts some checks have; `enveloped`
puts `1 validation error detected: ` before those that need neither the table nor the item.
"""


class Fault(Exception):
    def __init__(self, kind, text, **members):
        super().__init__(f"{kind}: {text}")
        self.kind, self.text, self.members = kind, text, members


def invalid(text):
    """A ValidationException whose text no layer changes."""
    return Fault("ValidationException", text)


def parameter(text):
    return invalid("One or more parameter values were invalid: " + text)


def no_such_table():
    return Fault("ResourceNotFoundException", "Requested resource not found")


def condition_failed(old_item=None):
    members = {"Item": old_item} if old_item is not None else {}
    return Fault("ConditionalCheckFailedException", "The conditional request failed", **members)


class Layer:
    def __init__(self, current, enveloped, narrow_exponents=False, expression_depth=32):
        self.current, self.enveloped = current, enveloped
        self.narrow_exponents = narrow_exponents  # PartiQL reads numbers as Java's BigDecimal does
        self.expression_depth = expression_depth  # how deep a value of ExpressionAttributeValues may be

    def fault(self, text):
        return invalid(("1 validation error detected: " if self.enveloped else "") + text)

    def parameter(self, text):
        return self.fault("One or more parameter values were invalid: " + text)

    def either(self, current, older):
        return self.fault(current if self.current else older)


WRITE = Layer(current=True, enveloped=True)  # PutItem, UpdateItem, DeleteItem
READ = Layer(current=True, enveloped=False)  # GetItem, BatchGetItem, Query
OLDER = Layer(current=False, enveloped=False)  # Scan, BatchWriteItem
TRANSACTION = Layer(current=False, enveloped=False, expression_depth=33)  # verified-behaviour.md 14
STATEMENT = Layer(current=False, enveloped=False, narrow_exponents=True)
