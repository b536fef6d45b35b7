# SPDX-License-Identifier: Apache-2.0
"""Tables kept by Terraform and by CloudFormation: the calls these tools make, in their order, with what they expect back.

    run.py ENDPOINT
"""

import os
import sys

sys.path[:0] = [os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))]
from clients.infrastructure import cloudformation, terraform
from clients.session import client
from lib.tally import Tally

ON_DEMAND = terraform.resource(
    name="TfOnDemand", billing_mode="PAY_PER_REQUEST", hash_key="pk", range_key="sk",
    attributes={"pk": "S", "sk": "N", "a": "S", "b": "B"}, tags={"team": "data", "stage": "test"}, ttl="expires",
    stream_view_type="NEW_AND_OLD_IMAGES", lsi={"local": ("b", "INCLUDE", ["x", "y"])},
    gsi={"one": ("a", None, "ALL", [], 0, 0), "two": ("b", "sk", "KEYS_ONLY", [], 0, 0)})
PROVISIONED = terraform.resource(
    name="TfProvisioned", hash_key="id", read_capacity=5, write_capacity=4, attributes={"id": "S", "kind": "S"},
    table_class="STANDARD_INFREQUENT_ACCESS", gsi={"by-kind": ("kind", "id", "INCLUDE", ["x"], 3, 2)})

# What a user edits, one apply after another.
CHANGES = [
    ("protection", ON_DEMAND, {"deletion_protection": True}),  # first: it cannot be changed again for 15 seconds
    ("tags", PROVISIONED, {"tags": {f"key-{n:02d}": str(n) for n in range(25)}}),
    ("fewer and other tags", PROVISIONED, {"tags": {"key-01": "one", "new": "yes"}}),
    ("more units", PROVISIONED, {"read_capacity": 8, "write_capacity": 9}),
    ("units of an index", PROVISIONED, {"gsi": {"by-kind": ("kind", "id", "INCLUDE", ["x"], 6, 7)}}),
    ("a stream", PROVISIONED, {"stream_view_type": "KEYS_ONLY"}),
    ("another kind of stream", PROVISIONED, {"stream_view_type": "NEW_IMAGE"}),
    ("no stream", PROVISIONED, {"stream_view_type": None}),
    ("another projection: the index is made anew", PROVISIONED, {"gsi": {"by-kind": ("kind", None, "ALL", [], 6, 7)}}),
    (
        "a second index",
        PROVISIONED,
        {
            "attributes": {"id": "S", "kind": "S", "day": "N"},
            "gsi": {"by-kind": ("kind", None, "ALL", [], 6, 7), "by-day": ("day", "id", "KEYS_ONLY", [], 1, 1)},
        },
    ),
    ("the standard class", PROVISIONED, {"table_class": "STANDARD"}),
    (
        "on demand",
        PROVISIONED,
        {
            "billing_mode": "PAY_PER_REQUEST",
            "read_capacity": 0,
            "write_capacity": 0,
            "gsi": {"by-kind": ("kind", None, "ALL", [], 0, 0), "by-day": ("day", "id", "KEYS_ONLY", [], 0, 0)},
        },
    ),
    (
        "provisioned again",
        PROVISIONED,
        {
            "billing_mode": "PROVISIONED",
            "read_capacity": 2,
            "write_capacity": 2,
            "gsi": {"by-kind": ("kind", None, "ALL", [], 2, 3), "by-day": ("day", "id", "KEYS_ONLY", [], 4, 5)},
        },
    ),
    ("no indexes", PROVISIONED, {"attributes": {"id": "S"}, "gsi": {}}),
    ("time to live by another attribute", ON_DEMAND, {"ttl": "until"}),
    ("no time to live", ON_DEMAND, {"ttl": None}),
    ("a limit", ON_DEMAND, {"on_demand": (100, 50)}),
]

TEMPLATE = {
    "TableName": "CfnTable", "BillingMode": "PAY_PER_REQUEST", "TableClass": "STANDARD", "DeletionProtectionEnabled": False,
    "AttributeDefinitions": [{"AttributeName": "g", "AttributeType": "N"}, {"AttributeName": "pk", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "GlobalSecondaryIndexes": [{"IndexName": "by-g", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
                                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["x"]}}],
    "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"}, "Tags": [{"Key": "stack", "Value": "test"}],
    "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": True},
    "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": False},
}


def drift(db, want):
    """What a plan would change; empty after an apply."""
    have = terraform.refresh(db, want["name"])
    if have is None:
        return "there is no table"
    return {name: (have[name], want[name]) for name in want if have[name] != want[name]}


def terraform_applies(db, tally):
    for want in (ON_DEMAND, PROVISIONED):
        terraform.create(db, want)
        tally.equal(drift(db, want), {}, f"terraform: the plan for {want['name']} is empty after the first apply")
    now = {want["name"]: want for want in (ON_DEMAND, PROVISIONED)}
    for what, table, change in CHANGES:
        want = now[table["name"]] = {**now[table["name"]], **change}
        terraform.update(db, want)
        tally.equal(drift(db, want), {}, f"terraform: the plan is empty after {what}")
    return now.values()


def terraform_destroys(db, tally, tables):
    tally.equal(
        terraform.refused(db.delete_table, TableName="TfOnDemand"),
        "ValidationException",
        "terraform: a protected table stays",
    )
    for table in tables:
        terraform.update(db, {**table, "deletion_protection": False})
        terraform.destroy(db, table["name"])
        tally.equal(terraform.refresh(db, table["name"]), None, f"terraform: {table['name']} is gone")
    terraform.destroy(db, "TfOnDemand")  # once more: gone is gone
    again = {**PROVISIONED, "tags": {}}
    terraform.create(db, again)
    tally.equal(drift(db, again), {}, "terraform: a table of the same name begins anew")
    terraform.destroy(db, again["name"])


def terraform_alone(db, tally):
    tables = terraform_applies(db, tally)
    terraform_destroys(db, tally, tables)


def cloudformation_stack(db, tally):
    cloudformation.create(db, TEMPLATE)
    told = cloudformation.read(db, "CfnTable")
    tally.equal(
        {name: told[name] for name in TEMPLATE}, TEMPLATE, "cloudformation: a read gives back what the template says"
    )
    off = {name: told[name] for name in ("ContributorInsightsSpecification", "KinesisStreamSpecification", "ResourcePolicy",
                                         "IndexInsights", "StreamPolicy")}
    tally.equal(off, {"ContributorInsightsSpecification": {"Enabled": False}, "KinesisStreamSpecification": [],
                      "ResourcePolicy": None, "IndexInsights": [{"Enabled": False}], "StreamPolicy": None},
                "cloudformation: and nothing that it does not say")
    asked = {"PointInTimeRecoveryEnabled": True}
    tally.equal(
        terraform.refused(db.update_continuous_backups, TableName="CfnTable", PointInTimeRecoverySpecification=asked),
        "ValidationException",
        "cloudformation: what is not built is refused, not taken and forgotten",
    )
    cloudformation.delete(db, "CfnTable")
    tally.equal(
        terraform.refused(cloudformation.read, db=db, name="CfnTable"),
        "ResourceNotFoundException",
        "cloudformation: the stack is gone",
    )


def lists(db, tally):
    """What inventories and drift detectors of an account call."""
    tally.equal(db.list_backups()["BackupSummaries"], [], "no backups")
    tally.equal(db.list_exports()["ExportSummaries"], [], "no exports")
    tally.equal(db.list_imports()["ImportSummaryList"], [], "no imports")
    tally.equal(db.list_global_tables()["GlobalTables"], [], "no global tables")
    tally.equal(db.list_contributor_insights()["ContributorInsightsSummaries"], [], "no insights")


def main():
    # As the tools do: what is throttled is tried again, with pauses that grow.
    tally, db = Tally(), client(sys.argv[1], retries={"mode": "standard", "max_attempts": 12})
    for part in (terraform_alone, cloudformation_stack, lists):
        tally.run(part.__name__, part, db, tally)
    tally.finish()


if __name__ == "__main__":
    main()
