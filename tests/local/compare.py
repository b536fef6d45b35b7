# SPDX-License-Identifier: Apache-2.0
"""One conformance case spoken to two servers in step, and what differs between their answers.

Stator must answer as the case says; anything else is a failure of Stator. DynamoDB Local is held against the case too and,
where the case leaves the text of an error open, against Stator's text. A difference has one of these kinds:

    setup    a table or an item that the case needs cannot be made
    status   one refuses what the other takes, or no answer comes at all
    code     another error
    text     the same error in other words
    body     another reply of a success

After a difference of setup or status the case ends, since what follows would start from another state.
"""

import threading
from dataclasses import dataclass

from conformance.match import shown
from conformance.run import Failure, Runner
from lib.client import Client, Reply

ENDING = ("setup", "status")
ARN, LOCAL_ARN = b"arn:aws:dynamodb:us-east-1:", b"arn:aws:dynamodb:ddblocal:"
kept = threading.local()


@dataclass
class Difference:
    where: str  # file: case [row] (line N)
    kind: str
    operation: str
    ours: str
    theirs: str

    def line(self):
        """What the patterns of verdicts.txt are searched in."""
        return f"{self.where.partition(': ')[0]}: {self.kind} {self.operation} | {self.ours} | {self.theirs}"


class Remembering(Client):
    """Keeps the last answer, for whom it interests after the case has judged it."""

    last = None

    def send(self, method, path, headers, body):
        self.last = None
        self.last = super().send(method, path, headers, body)
        return self.last


class LocalReply(Reply):
    def header_fault(self):
        """Its request ids are of another form, in every answer: known, and told once, in docs/conformance.md."""
        return None


class LocalClient(Remembering):
    """DynamoDB Local knows one region, of its own; in the cases it is called as the others."""

    def send(self, method, path, headers, body):
        reply = super().send(method, path, headers, body and body.replace(ARN, LOCAL_ARN))
        self.last = LocalReply(reply.status, reply.headers, reply.body.replace(LOCAL_ARN, ARN))
        return self.last


def clients(our_port, their_port):
    """This thread's two connections."""
    if getattr(kept, "ports", None) != (our_port, their_port):
        kept.ports, kept.pair = (our_port, their_port), (Remembering(our_port), LocalClient(their_port))
    return kept.pair


class Pair:
    """One run of one case on both."""

    def __init__(self, our_port, their_port, where, case, variables):
        ours, theirs = clients(our_port, their_port)
        self.ours, self.theirs = Runner(ours, case, variables), Runner(theirs, case, variables)
        self.where, self.case = where, case

    def differences(self):
        """Every Difference of the case. Failure if Stator does not answer as the case says."""
        try:
            self.ours.set_up()
            problem = attempt(self.theirs, self.theirs.set_up)
            if problem:
                yield self.difference("setup", "CreateTable", self.case.line, "200", str(problem))
                return
            yield from self.steps()
        finally:
            self.ours.tear_down()
            self.theirs.tear_down()

    def steps(self):
        for step in self.case.steps:
            self.ours.line = step.line
            do = "do_" + step.kind
            getattr(self.ours, do)(step)
            problem = attempt(self.theirs, getattr(self.theirs, do), step)
            found = self.judge(step, problem)
            if found:
                yield found
            if found and found.kind in ENDING:
                return

    def judge(self, step, problem):
        """The Difference after a step that both took; `problem` is what the case says against DynamoDB Local's answer."""
        ours, theirs = Answer(self.ours), Answer(self.theirs)
        asks = step.kind in ("request", "http")
        operation = self.ours.text(step.operation) if step.kind == "request" else step.kind
        if not problem and not (asks and ours.is_error() and ours.message() != theirs.message()):
            return None
        if not asks or theirs.status is None or ours.status != theirs.status or getattr(step, "pages", False):
            kind = "status"
        elif not ours.is_error():
            kind = "body"
        else:
            kind = "code" if ours.error() != theirs.error() else "text"
        shown_theirs = str(problem) if kind == "body" or theirs.status is None else theirs.shown(kind)
        return self.difference(kind, operation, step.line, ours.shown(kind), shown_theirs)

    def difference(self, kind, operation, line, ours, theirs):
        return Difference(f"{self.where} (line {line})", kind, operation, one_line(ours), one_line(theirs))


class Answer:
    """The last answer that a runner had, with the table names of the case in it."""

    def __init__(self, runner):
        last = runner.client.last
        self.status = last.status if last else None
        self.reply = last and Reply(last.status, last.headers, runner.names.inward(last.body))

    def is_error(self):
        return self.status is not None and self.status >= 400

    def error(self):
        return self.part(lambda reply: reply.error)

    def message(self):
        return self.part(lambda reply: reply.message)

    def part(self, of):
        try:
            return of(self.reply)
        except (ValueError, AttributeError):  # a body that is no JSON, or no object
            return self.reply.body.decode("utf-8", "replace") if self.reply else None

    def shown(self, kind):
        if kind == "text":
            return f"{self.message()}"
        if kind == "body":
            return "200"
        if self.is_error():
            return f"{self.status} {self.error()}: {self.message()}"
        return f"{self.status} {shown(self.part(lambda reply: reply.json))}"


def attempt(runner, function, *arguments):
    """What the case says against an answer, or None. A connection that breaks is an answer too, of a kind."""
    try:
        function(*arguments)
    except Failure as problem:
        return problem
    except Exception as problem:  # a dropped connection, a body that is no JSON
        runner.client.close()
        return f"{type(problem).__name__}: {problem}"
    return None


def one_line(text):
    return text.replace("\n", " ")[:600]
