# SPDX-License-Identifier: Apache-2.0
"""The model as a service: a request goes in, (status, document) comes out."""

from model import constraints, partiql, partiqlbatches, reads, transactions, writes
from model.faults import Fault, no_such_table
from model.tables import Table

HANDLERS = {
    "PutItem": writes.put_item, "DeleteItem": writes.delete_item, "UpdateItem": writes.update_item,
    "BatchWriteItem": writes.batch_write_item, "GetItem": reads.get_item, "BatchGetItem": reads.batch_get_item,
    "Query": reads.query, "Scan": reads.scan, "TransactWriteItems": transactions.transact_write_items,
    "TransactGetItems": transactions.transact_get_items, "ExecuteStatement": partiql.execute_statement,
    "BatchExecuteStatement": partiqlbatches.batch_execute_statement,
    "ExecuteTransaction": partiqlbatches.execute_transaction,
}


class Database:
    """Tables by name, and the transactions that are remembered by their tokens."""

    def __init__(self):
        self.tables, self.tokens = {}, {}

    def table(self, name):
        if name not in self.tables:
            raise no_such_table()
        return self.tables[name]

    def create(self, request):
        self.tables[request["TableName"]] = Table(request)

    def call(self, operation, request):
        """(200, the reply) or (400, {"__type", "message", ...}); a message of None stands for any."""
        known = constraints.MEMBERS[operation].split()
        request = {member: value for member, value in request.items() if value is not None and member in known}
        try:
            constraints.check(operation, request)
            return 200, HANDLERS[operation](self, request)
        except Fault as fault:
            return 400, {"__type": fault.kind, "message": fault.text, **fault.members}
