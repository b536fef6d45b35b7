#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns src/model/api-model.json and src/model/reserved-words.txt into src/model/gen_*.{c,h}.

    tools/gen_model.py           writes the files
    tools/gen_model.py --check   names the files that differ from what it would write; fails if there are any

The names and types of the output are a contract; src/model/README.md states it. What the model leaves out (the order in which
AWS checks members, prints enum values, the rules of table names) stands in the tables at the top of this file.
"""
import json
import pathlib
import random
import re
import sys

MODEL = pathlib.Path(__file__).resolve().parent.parent / "src" / "model"

# ---- what the model does not say ---------------------------------------------------------------------------------------------

# The order in which AWS prints the values of an enum, where it is known; else the order of the model. Keyed by the sorted values.
ENUM_PRINT_ORDER = [
    ["INDEXES", "TOTAL", "NONE"],
    ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"],
    ["SIZE", "NONE"],
    ["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"],
    ["OR", "AND"],
    ["IN", "NULL", "BETWEEN", "LT", "NOT_CONTAINS", "EQ", "GT", "NOT_NULL", "NE", "LE", "BEGINS_WITH", "GE", "CONTAINS"],
    ["ADD", "DELETE", "PUT"],
    ["ALL_OLD", "NONE"],
    ["PROVISIONED", "PAY_PER_REQUEST"],
    ["HASH", "RANGE"],
    ["B", "N", "S"],
    ["ALL", "INCLUDE", "KEYS_ONLY"],
    ["ZSTD", "NONE", "GZIP"],
]

# The order in which the members of a structure are checked (data-plane.md 3, control-plane.md 1.7 and 4.2, verified-behaviour.md 2 and
# 3), where it is known. Members that are not named follow in the order of the model.
CHECK_ORDER = {
    "PutItemInput": "ReturnConsumedCapacity TableName Item ConditionalOperator Expected ReturnValues ReturnItemCollectionMetrics",
    "GetItemInput": "ReturnConsumedCapacity AttributesToGet TableName Key",
    "DeleteItemInput": "ReturnConsumedCapacity TableName ReturnValues ReturnItemCollectionMetrics Key ConditionalOperator Expected",
    "UpdateItemInput": "ReturnConsumedCapacity TableName ReturnItemCollectionMetrics ReturnValues ConditionalOperator Key Expected"
                       " AttributeUpdates",
    "QueryInput": "Select IndexName ReturnConsumedCapacity QueryFilter TableName ConditionalOperator AttributesToGet Limit"
                  " KeyConditions",
    "ScanInput": "Select IndexName TotalSegments ReturnConsumedCapacity TableName ConditionalOperator ScanFilter Segment Limit"
                 " AttributesToGet",
    "BatchGetItemInput": "RequestItems ReturnConsumedCapacity",
    "BatchWriteItemInput": "ReturnConsumedCapacity ReturnItemCollectionMetrics RequestItems",
    "TransactWriteItemsInput": "ClientRequestToken ReturnConsumedCapacity ReturnItemCollectionMetrics TransactItems",
    "TransactGetItemsInput": "ReturnConsumedCapacity TransactItems",
    "CreateTableInput": "TableName ProvisionedThroughput BillingMode KeySchema AttributeDefinitions GlobalSecondaryIndexes"
                        " LocalSecondaryIndexes",
    "ProvisionedThroughput": "WriteCapacityUnits ReadCapacityUnits",
}

# Where the service's rules are not the model's. NO_RULE: the service checks the member itself, in words of its own.
NO_RULE = {"enum": None, "min": None, "max": None, "pattern": None, "req": False}
RULE_OVERRIDES = {
    ("CreateTableInput", "TableName"): {"min": 3},
    ("UpdateTableInput", "TableName"): {"min": 3},
    ("CreateTableInput", "AttributeDefinitions"): {"req": True},
    ("CreateTableInput", "KeySchema"): {"req": True, "min": 1, "max": 2},
    ("LocalSecondaryIndex", "KeySchema"): {"min": 1, "max": 2},
    ("CreateTableInput", "TableClass"): NO_RULE,
    ("UpdateTableInput", "TableClass"): NO_RULE,
    ("Tag", "Key"): NO_RULE,
    ("Tag", "Value"): NO_RULE,
    ("TagKeyList", ""): NO_RULE,
    ("GetItemInput", "AttributesToGet"): {"min": 1, "max": 255},
    ("QueryInput", "AttributesToGet"): {"min": 1, "max": 255},
    ("ScanInput", "AttributesToGet"): {"min": 1, "max": 255},
    ("KeysAndAttributes", "AttributesToGet"): {"min": 1, "max": 255},
    ("ListStreamsInput", "Limit"): {"max": 100},
    ("DescribeStreamInput", "Limit"): {"max": 100},
    ("GetRecordsInput", "Limit"): {"max": 1000},
    ("ShardFilter", "Type"): {"req": True},
    ("ShardFilter", "ShardId"): {"req": True},
    # Checked by the operations themselves, after the table of attribute values (data-plane.md 1.1 and 3.1.2).
    ("ExpressionAttributeNameMap", ""): NO_RULE,
}

# The keys of these maps are table names, of at least 3 characters.
TABLE_KEYS = {"BatchGetRequestMap", "BatchWriteItemRequestMap"}
# The rules of these maps' keys are the attribute values' own (read with them).
NO_KEY_RULE = {"AttributeUpdates", "ExpectedAttributeMap", "FilterConditionMap", "KeyConditions"}

# A required member whose absence is told in a sentence of its own, before all other checks: TableName on every operation but those
# on items, ResourceArn on tags.
ITEM_OPERATIONS = {"PutItem", "GetItem", "UpdateItem", "DeleteItem", "Query", "Scan", "SearchVectors"}
MISSING_TABLE_NAME = "The parameter 'TableName' is required but was not present in the request"
MISSING_SENTENCE = {
    "TagResource": ("ResourceArn", "Invalid TableArn"),
    "UntagResource": ("ResourceArn", "Invalid TableArn"),
    "ListTagsOfResource": ("ResourceArn", "Invalid TableArn"),
}

# Generated struct names that other folders already use for something else.
STRUCT_RENAMES = {
    "Identity": "model_identity",
    "OnDemandThroughput": "model_on_demand_throughput",
    "Record": "model_record",
    "Tag": "model_tag",
    "WarmThroughput": "model_warm_throughput",
}

# Map shapes that are items or keys: held in binary form.
ITEM_SHAPES = {"AttributeMap", "PutItemInputAttributeMap", "Key", "ItemCollectionKeyAttributeMap"}

# Anonymous maps of the model that equal a named one.
INLINE_MAPS = {
    ("FilterSpecification", "ExpressionAttributeNames"): "ExpressionAttributeNameMap",
    ("SearchVectorsInput", "ExpressionAttributeNames"): "ExpressionAttributeNameMap",
}

PATTERNS = {
    r"[a-zA-Z0-9_.-]+": "NAME",
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}": "UUID",
    r"[0-9]{12}": "ACCOUNT",
    r"([0-9a-f]{16})+": "HEX16",
    r"^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$": "BUCKET",
    r"^[^\$]+$": "NO_DOLLAR",
    r"[A-Za-z0-9][A-Za-z0-9\-\_\.]{0,126}[A-Za-z0-9]": "RULE",
    r"[\x20-\x21\x23-\x2B\x2D-\x7E]*": "CSV_HEADER",
    r"[,;:|\t ]": "CSV_DELIMITER",
    r"\p{Print}+": "PRINT",
    r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*": "XML_TEXT",
}
NAME_PATTERN = r"[a-zA-Z0-9_.-]+"

# Errors that the model does not have (control-plane.md 11.1): name, namespace, HTTP status, retryable.
UNMODELLED_ERRORS = [
    ("ValidationException", "com.amazon.coral.validate", 400, False),
    ("SerializationException", "com.amazon.coral.service", 400, False),
    ("UnknownOperationException", "com.amazon.coral.service", 400, False),
    ("AccessDeniedException", "com.amazon.coral.service", 400, False),
    ("MissingAuthenticationTokenException", "com.amazon.coral.service", 400, False),
    ("IncompleteSignatureException", "com.amazon.coral.service", 400, False),
    ("InvalidSignatureException", "com.amazon.coral.service", 400, False),
    ("UnrecognizedClientException", "com.amazon.coral.service", 400, False),
    ("ExpiredTokenException", "com.amazon.coral.service", 400, False),
    ("InternalFailure", "com.amazon.coral.service", 500, True),
    ("ServiceUnavailable", "com.amazon.coral.service", 503, True),
]
CAPITAL_MESSAGE = {"SerializationException", "AccessDeniedException"}
RETRYABLE = {"ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "LimitExceededException",
             "ReplicatedWriteConflictException", "InternalServerError", "TransactionInProgressException"}

KEYWORDS = set("auto break case char const continue default do double else enum extern float for goto if inline int long register "
               "restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool".split())

HEAD = """/* SPDX-License-Identifier: Apache-2.0 */
/* Made by tools/gen_model.py from %s. Do not edit: change the generator and run it. */
"""

# ---- names -------------------------------------------------------------------------------------------------------------------


def snake(name):
    """SSESpecification -> sse_specification, S3BucketOwner -> s3_bucket_owner."""
    name = name.replace("PartiQL", "Partiql")
    name = re.sub(r"([A-Z0-9]+)([A-Z][a-z])", r"\1_\2", name)
    name = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)
    return name.lower()


def member_name(name):
    word = snake(name)
    return word + "_" if word in KEYWORDS else word


def struct_name(shape):
    return STRUCT_RENAMES.get(shape, snake(shape))


def error_id(name):
    return "API_" + snake(re.sub(r"Exception$", "", name)).upper()


def camel(name):
    return name[0].lower() + name[1:]


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def slice_of(text):
    return "TEXT(%s)" % quote(text)


# ---- the model ---------------------------------------------------------------------------------------------------------------


class Model:
    def __init__(self, document):
        self.shapes = dict(document["streams"]["shapes"])
        self.shapes.update(document["dynamodb"]["shapes"])
        self.operations = []
        for service in ("dynamodb", "streams"):
            part = document[service]
            for name, operation in part["operations"].items():
                if operation["output"] is None: # the reply has no body at all; the struct keeps callers uniform
                    operation = dict(operation, output=name + "Output", bodiless=True)
                    self.shapes[name + "Output"] = {"kind": "struct", "members": {}}
                self.operations.append((name, part["targetPrefix"], operation))
        self.errors = {n: s for n, s in sorted(self.shapes.items()) if s["kind"] == "error"}
        self.name_inline_collections()
        self.used = self.reachable()

    def name_inline_collections(self):
        """Gives lists and maps that are written inside a member a shape of their own."""
        for owner, shape in list(self.shapes.items()):
            for name, member in shape.get("members", {}).items():
                if member["t"] not in ("list", "map"):
                    continue
                known = INLINE_MAPS.get((owner, name))
                if known is None:
                    known = owner + name
                    self.shapes[known] = {"kind": member["t"], "of": member["of"], "key": {"t": "string"}}
                member["t"] = "@" + known

    def reachable(self):
        todo = [o[2][side] for o in self.operations for side in ("input", "output")]
        for error in self.errors.values():
            todo += [m["t"][1:] for m in error["members"].values() if m["t"][0] == "@"]
        seen = set()
        while todo:
            name = todo.pop()
            if name in seen:
                continue
            seen.add(name)
            shape = self.shapes[name]
            if shape["kind"] == "union" or name in ITEM_SHAPES:
                continue
            types = [m["t"] for m in shape.get("members", {}).values()]
            types += [shape["of"]["t"]] if "of" in shape else []
            todo += [t[1:] for t in types if t[0] == "@"]
        return sorted(seen)

    def kind(self, member):
        """The enum shape_kind word of a member."""
        kind = member["t"]
        if kind[0] != "@":
            return kind.upper()
        name = kind[1:]
        if name in ITEM_SHAPES:
            return "ITEM"
        return {"struct": "STRUCTURE", "union": "VALUE", "list": "LIST", "map": "MAP"}[self.shapes[name]["kind"]]

    def c_type(self, member, element):
        kind = self.kind(member)
        simple = {"STRING": "struct slice", "BLOB": "struct slice", "BOOLEAN": "enum tri", "INTEGER": "struct opt_int",
                  "LONG": "struct opt_int", "DOUBLE": "struct opt_double", "TIMESTAMP": "struct opt_double",
                  "VALUE": "struct attribute_value", "ITEM": "struct attribute_map"}
        if kind in simple:
            return simple[kind] + " "
        name = "struct " + struct_name(member["t"][1:])
        return name + (" *" if kind == "STRUCTURE" and not element else " ")


# ---- errors ------------------------------------------------------------------------------------------------------------------


def error_rows(model):
    rows = []
    for name, namespace, status, retryable in UNMODELLED_ERRORS:
        rows.append((name, namespace, status, name in CAPITAL_MESSAGE, retryable))
    for name, shape in model.errors.items():
        capital = "Message" in shape["members"]
        rows.append((name, "com.amazonaws.dynamodb.v20120810", shape["http"], capital, name in RETRYABLE))
    return rows


def gen_errors(model):
    rows = error_rows(model)
    h = [HEAD % "api-model.json", "#pragma once", "", "#include <stdbool.h>", "#include <stdint.h>", "",
         '#include "base/slice.h"', "", "enum api_error {"]
    h += ["    %s," % error_id(r[0]) for r in rows]
    h += ["};", "#define API_ERRORS %d" % len(rows), "", """struct api_error_info {
    struct slice code;    /* "ValidationException" */
    struct slice type;    /* with its namespace, as in "__type" */
    uint16_t http_status;
    bool capital_message; /* the member is "Message", not "message" */
    bool retryable;       /* what SDKs do by default */
};

/* The row of an error. Never NULL. */
const struct api_error_info *api_error_info(enum api_error code);"""]
    c = [HEAD % "api-model.json", '#include "model/gen_errors.h"', "",
         "#define TEXT(text_) {(const uint8_t *)(text_), sizeof(text_) - 1}", "",
         "/* clang-format off */", "static const struct api_error_info rows[API_ERRORS] = {"]
    for name, namespace, status, capital, retryable in rows:
        c.append("    [%s] = {%s, %s, %d, %s, %s}," % (error_id(name), slice_of(name), slice_of(namespace + "#" + name), status,
                                                     str(capital).lower(), str(retryable).lower()))
    c += ["};", "/* clang-format on */", "", """const struct api_error_info *api_error_info(enum api_error code)
{
    return &rows[code];
}"""]
    return h, c


# ---- perfect hashes ----------------------------------------------------------------------------------------------------------


def shape_hash(name, seed):
    """shape_hash of model/shape.h."""
    p = name.encode()
    n = len(p)
    if n >= 8:
        first, last = int.from_bytes(p[:8], "little"), int.from_bytes(p[-8:], "little")
    elif n >= 4:
        first, last = int.from_bytes(p[:4], "little"), int.from_bytes(p[-4:], "little")
    else:
        first, last = p[0], p[n // 2] << 8 | p[n - 1]
    turned = (last << 23 | last >> 41) & 0xffffffffffffffff
    return (((first ^ turned) + n) * (seed * 0x9e3779b97f4a7c15 | 1) & 0xffffffffffffffff) >> 40


def perfect_hash(names):
    """(mask, seed, slots) so that every name has a slot of its own."""
    size = 1
    while size < 2 * len(names):
        size *= 2
    chance = random.Random(20120810)
    while True:
        for _ in range(4000):
            seed = chance.getrandbits(32)
            slots = {shape_hash(n, seed) & (size - 1) for n in names}
            if len(slots) == len(names):
                table = [0] * size
                for i, name in enumerate(names):
                    table[shape_hash(name, seed) & (size - 1)] = i + 1
                return size - 1, seed, table
        size *= 2
        if size > 4096:
            raise SystemExit("no perfect hash for %s" % names)


def lookup_text(table):
    lines = []
    for i in range(0, len(table), 32):
        lines.append("    " + ", ".join(str(v) for v in table[i:i + 32]) + ",")
    return "\n".join(lines)


# ---- shapes ------------------------------------------------------------------------------------------------------------------


def check_order(model, shape):
    members = list(model.shapes[shape]["members"])
    first = CHECK_ORDER.get(shape, "").split()
    for name in first:
        if name not in members:
            raise SystemExit("%s has no member %s" % (shape, name))
    return [members.index(n) for n in first + [n for n in members if n not in first]]


class Rules:
    """The distinct constraint rows."""

    def __init__(self):
        self.rows = {}
        self.enums = {}

    def ref(self, about):
        low, high = about.get("min"), about.get("max")
        pattern, values = about.get("pattern"), about.get("enum")
        kind = PATTERNS[pattern] if pattern else None
        if about["t"] == "string" and (high, pattern) == (1024, None) and about.get("table"):
            kind, pattern, high = "TABLE", NAME_PATTERN, 255
        if low == 0 and about["t"] in ("string", "list", "map", "blob"):
            low = None
        if values:
            values = tuple(next((o for o in ENUM_PRINT_ORDER if sorted(o) == sorted(values)), values))
        if (low, high, kind, values) == (None, None, None, None):
            return "NULL"
        row = (low, high, kind, pattern, values)
        return "&rules[%d]" % self.rows.setdefault(row, len(self.rows))

    def text(self):
        out = []
        for row in self.rows:
            if row[4] and row[4] not in self.enums:
                self.enums[row[4]] = "enum_%d" % len(self.enums)
        for values, name in self.enums.items():
            out.append("static const struct slice %s[] = {%s};" % (name, ", ".join(slice_of(v) for v in values)))
        out += ["", "static const struct shape_rule rules[] = {"]
        for low, high, kind, pattern, values in self.rows:
            parts = []
            if low is not None:
                parts.append(".has_min = true, .min = %d" % low)
            if high is not None:
                parts.append(".has_max = true, .max = %d" % high)
            if kind:
                parts.append(".pattern = SHAPE_PATTERN_%s, .pattern_text = %s" % (kind, quote(pattern)))
            if values:
                parts.append(".values = %s, .values_count = %d, .values_text = %s" %
                             (self.enums[values], len(values), quote("[" + ", ".join(values) + "]")))
            out.append("    {%s}," % ", ".join(parts))
        out.append("};")
        return out


def about_member(owner, name, member):
    """The member with the facts its rule needs; marks the members that name a table."""
    about = dict(member)
    about.update(RULE_OVERRIDES.get((owner, name), {}))
    if name in ("TableName", "SourceTableName") and not member.get("pattern"):
        about["table"] = True
    return about


def gen_shapes(model):
    h = [HEAD % "api-model.json", "#pragma once", "", '#include "model/shape.h"', ""]
    names = [n for n in model.used if model.shapes[n]["kind"] != "union" and n not in ITEM_SHAPES]
    check_distinct([struct_name(n) for n in names])
    structs = [n for n in names if model.shapes[n]["kind"] == "struct"]
    h += ["struct %s;" % struct_name(n) for n in structs] + [""]
    for name in names:
        shape = model.shapes[name]
        if shape["kind"] == "list":
            h += ["struct %s {" % struct_name(name), "    bool present;", "    uint32_t count;",
                  "    %s*items;" % model.c_type(shape["of"], True), "};", ""]
        if shape["kind"] == "map":
            h += ["struct %s {" % struct_name(name), "    bool present;", "    uint32_t count;", "    struct slice *keys;",
                  "    %s*values;" % model.c_type(shape["of"], True), "};", ""]
    for name in structs:
        members = model.shapes[name]["members"]
        h.append("struct %s {" % struct_name(name))
        h += ["    %s%s;" % (model.c_type(m, False), member_name(n)) for n, m in members.items()]
        h += ([] if members else ["    char nothing;"]) + ["};", ""]
    everything = [n for n in model.used]
    h += ["extern const struct shape shape_%s;" % snake(n) for n in everything]
    return h, gen_shape_tables(model, everything)


def check_distinct(words):
    if len(set(words)) != len(words):
        raise SystemExit("two shapes have one name: %s" % sorted(w for w in words if words.count(w) > 1))


def member_row(model, rules, owner, name, member):
    offset = "0"
    if name:
        offset = "offsetof(struct %s, %s)" % (struct_name(owner), member_name(name))
    shape = "&shape_" + snake(member["t"][1:]) if member["t"][0] == "@" else "NULL"
    texts = ", ".join([slice_of(name), slice_of(camel(name)), slice_of('"%s":' % name)]) if name else "TEXT(\"\"), TEXT(\"\"), TEXT(\"\")"
    about = about_member(owner, name, member)
    return "{%s, SHAPE_%s, %s, %s, %s, %s, %s}" % (
        texts, model.kind(member), offset, str(bool(about.get("req"))).lower(), str("header" in member).lower(), shape,
        rules.ref(about))


def is_checked(model, name, cache):
    """Whether anything in a shape, or below, can violate a constraint."""
    if name in cache:
        return cache[name]
    shape = model.shapes[name]
    members = [(n, about_member(name, n, m)) for n, m in shape.get("members", {}).items()]
    if "of" in shape:
        of = about_member(name, "", shape["of"])
        cache[name] = model.kind(of) != "VALUE" # a null in a list is a violation too
        return cache[name]
    found = False
    for _, about in members:
        kind = model.kind(about)
        rule = any(about.get(k) is not None for k in ("min", "max", "pattern", "enum"))
        below = kind in ("STRUCTURE", "LIST", "MAP") and (is_checked(model, about["t"][1:], cache) or
                                                         any(k in model.shapes[about["t"][1:]] for k in ("min", "max")))
        found = found or bool(about.get("req")) or rule or below
    cache[name] = found
    return found


def gen_shape_tables(model, names):
    rules = Rules()
    body = []
    cache = {}
    for name in names:
        shape = model.shapes[name]
        kind = model.kind({"t": "@" + name})
        low = snake(name)
        if kind in ("ITEM", "VALUE"):
            c_struct = "struct attribute_map" if kind == "ITEM" else "struct attribute_value"
            body += ["const struct shape shape_%s = {.name = %s, .kind = SHAPE_%s, .bytes = sizeof(%s)};" %
                     (low, quote(name), kind, c_struct), ""]
            continue
        fields = [".name = %s" % quote(name), ".kind = SHAPE_%s" % kind, ".bytes = sizeof(struct %s)" % struct_name(name)]
        if kind == "STRUCTURE":
            members = shape["members"]
            if members:
                body.append("static const struct shape_member members_%s[] = {" % low)
                body += ["    %s," % member_row(model, rules, name, n, m) for n, m in members.items()]
                body.append("};")
                order = check_order(model, name)
                body.append("static const uint8_t order_%s[] = {%s};" % (low, ", ".join(map(str, order))))
                fields += [".members = members_%s" % low, ".members_count = %d" % len(members), ".check_order = order_%s" % low]
            mask, seed, table = perfect_hash(list(members)) if members else (0, 0, [0])
            body += ["static const uint8_t lookup_%s[] = {" % low, lookup_text(table), "};"]
            fields += [".checked = %s" % str(is_checked(model, name, cache)).lower()]
            fields += [".lookup = lookup_%s" % low, ".lookup_mask = %d" % mask, ".lookup_seed = %#x" % seed]
        else:
            of = about_member(name, "", shape["of"])
            body.append("static const struct shape_member element_%s = %s;" % (low, member_row(model, rules, name, "", of)))
            fields += [".element = &element_%s" % low, ".element_bytes = sizeof(%s)" % model.c_type(of, True).strip()]
            fields.append(".rule = %s" % rules.ref({"t": kind.lower(), "min": shape.get("min"), "max": shape.get("max")}))
            if kind == "MAP":
                key = dict(shape["key"])
                if name in TABLE_KEYS:
                    key.update(table=True, min=3)
                if name not in NO_KEY_RULE:
                    fields.append(".key_rule = %s" % rules.ref(key))
            fields += [".checked = %s" % str(is_checked(model, name, cache)).lower()]
        body += ["const struct shape shape_%s = {%s};" % (low, ", ".join(fields)), ""]
    c = [HEAD % "api-model.json", '#include "model/gen_shapes.h"', "",
         "#define TEXT(text_) {(const uint8_t *)(text_), sizeof(text_) - 1}", "", "/* clang-format off */"]
    return c + rules.text() + [""] + body + ["/* clang-format on */"]


# ---- operations --------------------------------------------------------------------------------------------------------------


def gen_operations(model):
    h = [HEAD % "api-model.json", "#pragma once", "", '#include "model/gen_errors.h"', '#include "model/gen_shapes.h"', "",
         "enum operation_id {"]
    h += ["    OPERATION_%s," % snake(n).upper() for n, _, _ in model.operations]
    h += ["};", "#define OPERATIONS %d" % len(model.operations), "", """struct operation {
    enum operation_id id;
    struct slice name;          /* "PutItem" */
    struct slice target;        /* "DynamoDB_20120810.PutItem" */
    struct slice action;        /* "dynamodb:PutItem" */
    bool streams;               /* of DynamoDB Streams */
    bool bodiless;              /* its reply has no body, not even {} */
    const struct shape *input, *output;
    const char *missing_member; /* a required member whose absence is told first and alone, by missing_text; NULL: none */
    const char *missing_text;
    const enum api_error *errors;
    uint32_t errors_count;
};

/* The operation an X-Amz-Target header names, or NULL. */
const struct operation *operation_find(struct slice x_amz_target);
/* The row of an operation. Never NULL. */
const struct operation *operation_of(enum operation_id id);"""]
    c = [HEAD % "api-model.json", '#include "model/gen_operations.h"', "",
         "#define TEXT(text_) {(const uint8_t *)(text_), sizeof(text_) - 1}", "", "/* clang-format off */"]
    for name, _, operation in model.operations:
        c.append("static const enum api_error errors_%s[] = {%s};" %
                 (snake(name), ", ".join(error_id(e) for e in operation["errors"]) or "API_VALIDATION"))
    c += ["", "static const struct operation rows[OPERATIONS] = {"]
    for name, prefix, operation in model.operations:
        missing = MISSING_SENTENCE.get(name)
        if name not in ITEM_OPERATIONS and model.shapes[operation["input"]]["members"].get("TableName", {}).get("req"):
            missing = ("TableName", MISSING_TABLE_NAME)
        missing = ", ".join(map(quote, missing)) if missing else "NULL, NULL"
        c.append("    [OPERATION_%s] = {OPERATION_%s, %s, %s, %s, %s, %s, &shape_%s, &shape_%s, %s, errors_%s, %d}," % (
            snake(name).upper(), snake(name).upper(), slice_of(name), slice_of(prefix + "." + name), slice_of("dynamodb:" + name),
            str("Streams" in prefix).lower(), str("bodiless" in operation).lower(), snake(operation["input"]), snake(operation["output"]), missing, snake(name),
            len(operation["errors"])))
    names = [n for n, _, _ in model.operations]
    mask, seed, table = perfect_hash(names)
    c += ["};", "", "static const uint8_t lookup[] = {", lookup_text(table), "};", "/* clang-format on */", "",
          """#define STREAMS_PREFIX "DynamoDBStreams_20120810."
#define PREFIX         "DynamoDB_20120810."

const struct operation *operation_find(struct slice x_amz_target)
{
    size_t prefix = sizeof(PREFIX) - 1;
    const struct operation *row;
    struct slice name;
    uint32_t i;

    if (slice_starts_with(x_amz_target, SLICE_LIT(STREAMS_PREFIX)))
        prefix = sizeof(STREAMS_PREFIX) - 1;
    if (x_amz_target.n <= prefix)
        return NULL;
    name = slice_of(x_amz_target.p + prefix, x_amz_target.n - prefix);
    i = lookup[shape_hash(name, %#x) & %d];
    if (i == 0)
        return NULL;
    row = &rows[i - 1];
    return slice_equal(row->target, x_amz_target) ? row : NULL;
}

const struct operation *operation_of(enum operation_id id)
{
    return &rows[id];
}""" % (seed, mask)]
    return h, c


# ---- reserved words ----------------------------------------------------------------------------------------------------------


def word_hash(word):
    h = 0
    for byte in word.encode():
        h = (h * 31 + byte) & 0xffffffff
    return (h ^ h >> 11) & 1023


def gen_reserved_words(words):
    h = [HEAD % "reserved-words.txt", "#pragma once", "", "#include <stdbool.h>", "", '#include "base/slice.h"', "",
         "/* True when the word is reserved in expressions (data-plane.md 4.12); upper and lower case are alike. */",
         "bool reserved_word(struct slice word);"]
    ordered = sorted(words, key=lambda w: (word_hash(w), w))
    starts = [sum(1 for w in words if word_hash(w) < i) for i in range(1025)]
    longest = max(map(len, words))
    c = [HEAD % "reserved-words.txt", '#include "model/gen_reserved_words.h"', "", "#include <stdint.h>", "",
         "#define WORD_BYTES_MAX %d" % longest, "#define BUCKETS 1024", "",
         "/* The words, grouped by bucket; bucket b is words[starts[b]] up to words[starts[b + 1]]. */", "/* clang-format off */",
         "static const char words[][WORD_BYTES_MAX + 1] = {"]
    c += ["    %s," % quote(w) for w in ordered]
    c += ["};", "", "static const uint16_t starts[BUCKETS + 1] = {"]
    c += ["    " + ", ".join(map(str, starts[i:i + 24])) + "," for i in range(0, 1025, 24)]
    c += ["};", "/* clang-format on */", "", """bool reserved_word(struct slice word)
{
    char folded[WORD_BYTES_MAX + 1];
    uint32_t hash = 0;

    if (word.n > WORD_BYTES_MAX)
        return false;
    for (size_t i = 0; i < word.n; i++) {
        uint8_t byte = word.p[i];

        if (byte >= 'a' && byte <= 'z')
            byte = (uint8_t)(byte - 'a' + 'A');
        folded[i] = (char)byte;
        hash = hash * 31 + byte;
    }
    hash = (hash ^ hash >> 11) & (BUCKETS - 1);
    for (uint32_t i = starts[hash]; i < starts[hash + 1]; i++)
        if (slice_equal(slice_of(folded, word.n), slice_from_cstr(words[i])))
            return true;
    return false;
}"""]
    return h, c


# ---- the run -----------------------------------------------------------------------------------------------------------------


def outputs():
    model = Model(json.loads((MODEL / "api-model.json").read_text()))
    words = (MODEL / "reserved-words.txt").read_text().split()
    for name, made in (("errors", gen_errors(model)), ("shapes", gen_shapes(model)), ("operations", gen_operations(model)),
                       ("reserved_words", gen_reserved_words(words))):
        for suffix, lines in zip("hc", made):
            yield MODEL / ("gen_%s.%s" % (name, suffix)), "\n".join(lines) + "\n"


def main():
    if "--check" not in sys.argv[1:]:
        for path, text in outputs():
            path.write_text(text)
        return 0
    made = list(outputs())
    differ = [path.name for path, text in made if not path.exists() or path.read_text() != text]
    for name in differ:
        print("%s is not what tools/gen_model.py makes" % name)
    print("%d passed, %d failed" % (len(made) - len(differ), len(differ)))
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
