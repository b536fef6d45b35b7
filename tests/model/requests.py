# SPDX-License-Identifier: Apache-2.0
"""What the checks of a request's expressions have in common (data-plane.md 3.1).

`Expressions` goes through them in the service's order: mixing with the older parameters, names and values without an
expression, the placeholders themselves, each expression, and at the end what was not used.
"""

import re

from model import checks, values
from model.faults import Fault
from model.grammar import CONDITION_WORDS, UPDATE_WORDS, ExpressionFault, Parser

LEGACY = {"PutItem": ("Expected",), "DeleteItem": ("Expected",), "UpdateItem": ("AttributeUpdates", "Expected"),
          "GetItem": ("AttributesToGet",), "BatchGetItem": ("AttributesToGet",),
          "Query": ("AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"),
          "Scan": ("AttributesToGet", "ScanFilter", "ConditionalOperator")}
EXPRESSIONS = {"PutItem": ("ConditionExpression",), "DeleteItem": ("ConditionExpression",),
               "UpdateItem": ("UpdateExpression", "ConditionExpression"),
               "GetItem": ("ProjectionExpression",), "BatchGetItem": ("ProjectionExpression",),
               "Query": ("ProjectionExpression", "FilterExpression", "KeyConditionExpression"),
               "Scan": ("ProjectionExpression", "FilterExpression")}
WITHOUT_EXPRESSION = {
    "Query": ": FilterExpression and KeyConditionExpression are null",
    "Scan": ": FilterExpression is null",
}


def check_mixing(operation, request, layer):
    """Expressions and what they replaced do not go together; names and values need an expression."""
    legacy = [member for member in LEGACY.get(operation, ()) if request.get(member) is not None]
    used = [member for member in EXPRESSIONS.get(operation, ()) if request.get(member) is not None]
    if "KeyConditions" in legacy and "KeyConditionExpression" not in used:
        legacy.remove("KeyConditions")
    if legacy and used:
        raise layer.fault(
            "Can not use both expression and non-expression parameters in the same request: Non-expression "
            f"parameters: {{{', '.join(legacy)}}} Expression parameters: {{{', '.join(used)}}}"
        )
    if request.get("ExpressionAttributeNames") is not None and not used:
        raise layer.fault("ExpressionAttributeNames can only be specified when using expressions")
    if request.get("ExpressionAttributeValues") is not None and not set(used) - {"ProjectionExpression"}:
        raise layer.fault("ExpressionAttributeValues can only be specified when using expressions" +
                          WITHOUT_EXPRESSION.get(operation, ""))


class Expressions:
    """The placeholders of a request, and its expressions one after the other."""

    def __init__(self, request, layer):
        self.request, self.layer = request, layer
        self.names = request.get("ExpressionAttributeNames") or {}
        self.check_placeholders("ExpressionAttributeNames", "#")
        self.check_placeholders("ExpressionAttributeValues", ":")
        self.scope = checks.Scope(self.names, {})
        for name, wire in (request.get("ExpressionAttributeValues") or {}).items():
            self.scope.values[name] = self.read_value(name, wire)

    def check_placeholders(self, member, mark):
        given = self.request.get(member)
        if given is None:
            return
        if not given:
            raise self.layer.fault(f"{member} must not be empty")
        for name in given:
            if not re.fullmatch(mark + "[0-9a-zA-Z_]+", name):
                raise self.layer.fault(f'{member} contains invalid key: Syntax error; key: "{name}"')

    def read_value(self, name, wire):
        try:
            return values.read(wire, self.layer, depth_max=self.layer.expression_depth)
        except Fault as fault:
            if self.layer.current:
                raise
            raise self.layer.fault(
                f"ExpressionAttributeValues contains invalid value: {fault.text} for key {name}"
            ) from fault

    def parse(self, member, words, read):
        """`read` applied to a parser of this expression; None if the request has none."""
        text = self.request.get(member)
        if text is None:
            return None
        self.scope.late = False
        try:
            return read(Parser(text, words))
        except ExpressionFault as fault:
            raise self.layer.fault(f"Invalid {member}: {fault}") from fault

    def condition(self, member="ConditionExpression"):
        return self.parse(member, CONDITION_WORDS,
                          lambda parser: checks.check_condition(parser.whole_condition(), self.scope, parser))

    def projection(self):
        return self.parse("ProjectionExpression", (),
                          lambda parser: checks.check_projection(parser.whole_projection(), self.scope))

    def update(self):
        return self.parse("UpdateExpression", UPDATE_WORDS,
                          lambda parser: checks.check_update(parser.whole_update(), self.scope, parser, self.layer))

    def check_all_used(self):
        for member in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
            unused = [name for name in self.request.get(member) or {} if name not in self.scope.used]
            if unused:
                raise self.layer.fault(
                    f"Value provided in {member} unused in expressions: keys: {{{', '.join(unused)}}}"
                )
