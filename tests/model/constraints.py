# SPDX-License-Identifier: Apache-2.0
"""What is checked of a request before what it means: JSON types, then the members' own constraints (data-plane.md 0.4
to 0.6).

Types are looked at as deep as the members of an operation go; inside a value the readers of values.py take over.
"""

import re

from model.faults import Fault, invalid

STRING, BOOLEAN, INTEGER, MAP, LIST = "String", "Boolean", "Integer", "map", "list"
KINDS = {
    **dict.fromkeys(
        ("TableName", "IndexName", "Select", "ConditionalOperator", "ReturnValues", "ReturnConsumedCapacity",
         "ReturnItemCollectionMetrics", "ReturnValuesOnConditionCheckFailure", "ConditionExpression", "Statement",
         "UpdateExpression", "FilterExpression", "KeyConditionExpression", "ProjectionExpression", "NextToken",
         "ClientRequestToken"),
        STRING,
    ),
    **dict.fromkeys(("ConsistentRead", "ScanIndexForward"), BOOLEAN),
    **dict.fromkeys(("Limit", "Segment", "TotalSegments"), INTEGER),
    **dict.fromkeys(
        ("Item", "Key", "ExclusiveStartKey", "ExpressionAttributeNames", "ExpressionAttributeValues", "Expected",
         "AttributeUpdates", "KeyConditions", "QueryFilter", "ScanFilter", "RequestItems"),
        MAP,
    ),
    **dict.fromkeys(("AttributesToGet", "TransactItems", "Parameters", "Statements", "TransactStatements"), LIST),
}
WRITE_MEMBERS = (
    "TableName ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValues Expected "
    "ConditionalOperator ReturnValuesOnConditionCheckFailure ReturnConsumedCapacity ReturnItemCollectionMetrics "
)
READ_MEMBERS = (
    "TableName IndexName FilterExpression ProjectionExpression ExpressionAttributeNames Select Limit ConsistentRead "
    "ExpressionAttributeValues ExclusiveStartKey ReturnConsumedCapacity ConditionalOperator AttributesToGet "
)
MEMBERS = {
    "PutItem": WRITE_MEMBERS + "Item",
    "DeleteItem": WRITE_MEMBERS + "Key",
    "UpdateItem": WRITE_MEMBERS + "Key UpdateExpression AttributeUpdates",
    "GetItem": "TableName Key ProjectionExpression ExpressionAttributeNames ConsistentRead ReturnConsumedCapacity "
    "AttributesToGet",
    "Query": READ_MEMBERS + "KeyConditionExpression ScanIndexForward KeyConditions QueryFilter",
    "Scan": READ_MEMBERS + "Segment TotalSegments ScanFilter",
    "BatchGetItem": "RequestItems ReturnConsumedCapacity",
    "BatchWriteItem": "RequestItems ReturnConsumedCapacity ReturnItemCollectionMetrics",
    "TransactWriteItems": "TransactItems ClientRequestToken ReturnConsumedCapacity ReturnItemCollectionMetrics",
    "TransactGetItems": "TransactItems ReturnConsumedCapacity",
    "ExecuteStatement": "Statement Parameters ConsistentRead NextToken Limit ReturnConsumedCapacity "
    "ReturnValuesOnConditionCheckFailure",
    "BatchExecuteStatement": "Statements ReturnConsumedCapacity",
    "ExecuteTransaction": "TransactStatements ClientRequestToken ReturnConsumedCapacity",
}
REQUIRED = {"PutItem": ("TableName", "Item"), "DeleteItem": ("TableName", "Key"), "UpdateItem": ("TableName", "Key"),
            "GetItem": ("TableName", "Key"), "Query": ("TableName",), "Scan": ("TableName",),
            "BatchGetItem": ("RequestItems",), "BatchWriteItem": ("RequestItems",),
            "TransactWriteItems": ("TransactItems",), "TransactGetItems": ("TransactItems",),
            "ExecuteStatement": ("Statement",), "BatchExecuteStatement": ("Statements",),
            "ExecuteTransaction": ("TransactStatements",)}
ENUMS = {
    "ReturnConsumedCapacity": "INDEXES, TOTAL, NONE",
    "ReturnItemCollectionMetrics": "SIZE, NONE",
    "ReturnValues": "ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW",
    "ReturnValuesOnConditionCheckFailure": "ALL_OLD, NONE",
    "Select": "SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES",
    "ConditionalOperator": "OR, AND",
}
COMPARISONS = "IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS"
TOKEN_MAX, NAME_MAX = 36, 255
NAME_PATTERN = "[a-zA-Z0-9_.-]+"
NAMELESS_RETURN_VALUES = "Failed to satisfy constraint: Member must satisfy enum value set: " \
                         "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"


# Types


def serialization(text):
    return Fault("SerializationException", text)


def check_types(operation, request):
    for member, value in request.items():
        if member in MEMBERS[operation].split() and value is not None:
            check_type(KINDS[member], value)


def check_type(kind, value):
    if kind in (MAP, LIST):
        wanted, other = (dict, list) if kind == MAP else (list, dict)
        if isinstance(value, other):
            raise serialization(None)
        if not isinstance(value, wanted):
            raise serialization("Unexpected field type")
        return
    if isinstance(value, dict):
        raise serialization("Start of structure or map found where not expected")
    if isinstance(value, list):
        raise serialization(None)
    check_scalar(kind, value)


def check_scalar(kind, value):
    if kind == STRING and not isinstance(value, str):
        raise serialization(f"{str(value).upper()}_VALUE cannot be converted to String" if isinstance(value, bool) else
                            "NUMBER_VALUE cannot be converted to String")
    if kind == BOOLEAN and not isinstance(value, bool):
        raise serialization("Unexpected token received from parser" if isinstance(value, str) else
                            "NUMBER_VALUE cannot be converted to Boolean")
    if kind == INTEGER and (isinstance(value, bool) or not isinstance(value, int)):
        raise serialization("STRING_VALUE cannot be converted to Integer" if isinstance(value, str) else None)


# Constraints


def at(value, path, constraint):
    return f"Value {value} at '{path}' failed to satisfy constraint: {constraint}"


def lower(member):
    return member[0].lower() + member[1:]


def several(faults):
    return invalid(f"{len(faults)} validation error{'s' if len(faults) > 1 else ''} detected: {'; '.join(faults[:10])}")


def enum_fault(request, member):
    value = request.get(member)
    if value is None or value in ENUMS[member].split(", "):
        return None
    return at(f"'{value}'", lower(member), f"Member must satisfy enum value set: [{ENUMS[member]}]")


def name_fault(request, member, shortest):
    value = request.get(member)
    if value is None:
        return at("null", lower(member), "Member must not be null") if member == "TableName" else None
    if len(value) < shortest:
        return at(f"'{value}'", lower(member), f"Member must have length greater than or equal to {shortest}")
    if len(value) > NAME_MAX:
        return at(f"'{value}'", lower(member), f"Member must have length less than or equal to {NAME_MAX}")
    if not re.fullmatch(NAME_PATTERN, value):
        return at(f"'{value}'", lower(member), f"Member must satisfy regular expression pattern: {NAME_PATTERN}")
    return None


def comparison_faults(request, member):
    for name, entry in (request.get(member) or {}).items():
        operator = entry.get("ComparisonOperator")
        path = f"{lower(member)}.{name}.member.comparisonOperator"
        if operator is None and member != "Expected":
            yield at("null", path, "Member must not be null")
        if operator is not None and operator not in COMPARISONS.split(", "):
            yield at(f"'{operator}'", path, f"Member must satisfy enum value set: [{COMPARISONS}]")


def null_fault(request, member):
    return at("null", lower(member), "Member must not be null") if request.get(member) is None else None


def check(operation, request):
    """The members' constraints; which are told together, and in what order, depends on the operation."""
    check_types(operation, request)
    if operation in ("PutItem", "DeleteItem", "UpdateItem"):
        check_write(operation, request)
    elif operation == "GetItem":
        check_current_name(request)
        check_faults([enum_fault(request, "ReturnConsumedCapacity"), empty_list(request, "AttributesToGet"),
                      name_fault(request, "TableName", 1), null_fault(request, "Key")])
    elif operation == "Query":
        check_query(request)
    elif operation == "Scan":
        check_scan(request)
    else:
        check_many(operation, request)


def check_faults(faults):
    faults = [fault for fault in faults if fault]
    if faults:
        raise several(faults)


def empty_list(request, member):
    if request.get(member) == []:
        return at("'[]'", lower(member), "Member must have length greater than or equal to 1")
    return None


def check_current_name(request):
    """The current layer tells an empty name alone."""
    if request.get("TableName") == "":
        raise several([at("", "TableName", "Member must have length greater than or equal to 1").replace("  ", " ")])


def check_write(operation, request):
    subject = "Item" if operation == "PutItem" else "Key"
    if operation == "UpdateItem" and request.get("Key") is None:
        check_faults([enum_fault(request, "ReturnConsumedCapacity"), name_fault(request, "TableName", 1),
                      enum_fault(request, "ReturnItemCollectionMetrics"), enum_fault(request, "ReturnValues"),
                      null_fault(request, "Key"), enum_fault(request, "ConditionalOperator")])
    check_current_name(request)
    capacity_fault = enum_fault(request, "ReturnConsumedCapacity")
    returns_fault = NAMELESS_RETURN_VALUES if enum_fault(request, "ReturnValues") else None
    metrics_fault = enum_fault(request, "ReturnItemCollectionMetrics")
    faults = [fault for fault in (capacity_fault, returns_fault, metrics_fault) if fault]
    if faults == [metrics_fault]:
        faults = ["ReturnItemCollectionMetrics can only be SIZE or NONE"]
    if operation == "UpdateItem" and (metrics_fault or returns_fault):  # the newer checks come first, and alone
        faults = [returns_fault or "ReturnItemCollectionMetrics can only be SIZE or NONE"]
    named = name_fault(request, "TableName", 1) or null_fault(request, subject)
    if named:
        raise several([named]) if not faults else Fault("ValidationException", None)
    check_faults(faults)
    if enum_fault(request, "ConditionalOperator"):
        raise several(["Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"])
    check_faults(comparison_faults(request, "Expected"))
    check_faults([enum_fault(request, "ReturnValuesOnConditionCheckFailure")])


def check_query(request):
    check_current_name(request)
    if enum_fault(request, "ConditionalOperator"):
        raise invalid("Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]")
    faults = [enum_fault(request, "Select"), name_fault(request, "IndexName", 3),
              enum_fault(request, "ReturnConsumedCapacity"), *comparison_faults(request, "QueryFilter"),
              name_fault(request, "TableName", 1), empty_list(request, "AttributesToGet"),
              *comparison_faults(request, "KeyConditions")]
    if request.get("Limit") is not None and request["Limit"] < 1:
        if any(faults):
            raise invalid(None)  # where the newer text stands among the older ones is not on record
        faults = ["Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1"]
    check_faults(faults)


def check_scan(request):
    limit = request.get("Limit")
    check_faults([enum_fault(request, "Select"), name_fault(request, "IndexName", 3),
                  enum_fault(request, "ReturnConsumedCapacity"), name_fault(request, "TableName", 1),
                  enum_fault(request, "ConditionalOperator"), *comparison_faults(request, "ScanFilter"),
                  at(f"'{limit}'", "limit", "Member must have value greater than or equal to 1")
                  if limit is not None and limit < 1 else None, empty_list(request, "AttributesToGet")])


def check_many(operation, request):
    subject, = REQUIRED[operation]
    faults = [enum_fault(request, member) for member in ("ReturnConsumedCapacity", "ReturnItemCollectionMetrics")
              if member in MEMBERS[operation].split()]
    if request.get(subject) is None:
        if subject in ("Statement", "Statements", "TransactStatements") and any(faults):
            raise invalid(None)  # their order is not on record
        check_faults([*faults, null_fault(request, subject)])
    if operation == "ExecuteStatement":
        faults.append(enum_fault(request, "ReturnValuesOnConditionCheckFailure"))
    if operation == "BatchGetItem" and not request[subject]:
        raise empty_batch(operation, subject)
    check_faults([token_fault(request), *faults])
    if not request[subject]:
        raise empty_batch(operation, subject)


def token_fault(request):
    token = request.get("ClientRequestToken")
    if token is None or 1 <= len(token) <= TOKEN_MAX:
        return None
    return at(f"'{token}'", "clientRequestToken", "Member must have length " + (
        f"less than or equal to {TOKEN_MAX}" if token else "greater than or equal to 1"))


def empty_batch(operation, subject):
    if operation == "BatchWriteItem":
        return invalid("The requestItems parameter is required for BatchWriteItem")
    if operation == "BatchGetItem":
        return several(
            ["Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1"]
        )
    return several([at("'[]'" if KINDS[subject] == LIST else "''", lower(subject),
                       "Member must have length greater than or equal to 1")])
