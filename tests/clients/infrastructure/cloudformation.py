# SPDX-License-Identifier: Apache-2.0
"""What CloudFormation's AWS::DynamoDB::Table handler calls, and with it CDK, SAM and Pulumi's aws-native.

The handler's permissions are published with its schema: create, read and delete below call what they list. Properties are
those of the template; a read must give back every property that the template set.
"""

from clients.infrastructure.terraform import wait, wait_active

# Properties that CreateTable takes as they stand.
PLAIN = ("TableName", "AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexes",
         "LocalSecondaryIndexes", "TableClass", "DeletionProtectionEnabled", "Tags", "OnDemandThroughput")


def create(db, properties):
    """Creates the table, then turns on, one call after another, what CreateTable cannot."""
    request = {name: value for name, value in properties.items() if name in PLAIN}
    if "StreamSpecification" in properties:
        request["StreamSpecification"] = {"StreamEnabled": True, **properties["StreamSpecification"]}
    db.create_table(**request)
    name = properties["TableName"]
    wait_active(db, name)
    if "TimeToLiveSpecification" in properties:
        db.update_time_to_live(TableName=name, TimeToLiveSpecification=properties["TimeToLiveSpecification"])
    if "PointInTimeRecoverySpecification" in properties:
        db.update_continuous_backups(
            TableName=name, PointInTimeRecoverySpecification=properties["PointInTimeRecoverySpecification"]
        )


def policy(db, arn):
    try:
        return db.get_resource_policy(ResourceArn=arn)["Policy"]
    except db.exceptions.PolicyNotFoundException:
        return None


def insights(db, name, index=None):
    told = db.describe_contributor_insights(TableName=name, **({"IndexName": index} if index else {}))
    return {"Enabled": told["ContributorInsightsStatus"] == "ENABLED"}


def index_properties(index):
    return {name: index[name] for name in ("IndexName", "KeySchema", "Projection")}


def read(db, name):
    """The properties as the service tells them."""
    table = db.describe_table(TableName=name)["Table"]
    backups = db.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    ttl = db.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    recovery = backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
    read_properties = {
        "TableName": name,
        "Arn": table["TableArn"],
        "KeySchema": table["KeySchema"],
        "AttributeDefinitions": table["AttributeDefinitions"],
        "BillingMode": table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED"),
        "TableClass": table.get("TableClassSummary", {}).get("TableClass", "STANDARD"),
        "DeletionProtectionEnabled": table["DeletionProtectionEnabled"],
        "Tags": db.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"],
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": recovery == "ENABLED"},
        "TimeToLiveSpecification": {
            "Enabled": ttl["TimeToLiveStatus"] == "ENABLED",
            "AttributeName": ttl.get("AttributeName"),
        },
        "ContributorInsightsSpecification": insights(db, name),
        "KinesisStreamSpecification": db.describe_kinesis_streaming_destination(TableName=name)[
            "KinesisDataStreamDestinations"
        ],
        "ResourcePolicy": policy(db, table["TableArn"]),
        "GlobalSecondaryIndexes": [index_properties(index) for index in table.get("GlobalSecondaryIndexes", [])],
        "IndexInsights": [insights(db, name, index["IndexName"]) for index in table.get("GlobalSecondaryIndexes", [])],
    }
    if "StreamSpecification" in table:
        read_properties["StreamSpecification"] = {"StreamViewType": table["StreamSpecification"]["StreamViewType"]}
        read_properties["StreamPolicy"] = policy(db, table["LatestStreamArn"])
    return read_properties


def delete(db, name):
    db.delete_table(TableName=name)

    def gone():
        try:
            db.describe_table(TableName=name)
        except db.exceptions.ResourceNotFoundException:
            return True
        return False
    wait(f"{name} is gone", gone)
