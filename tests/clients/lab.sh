#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# lab.sh ENDPOINT: a beginner's evening with DynamoDB, typed into a shell with the real `aws` command. What each command
# prints is compared with what the lesson says it prints.
set -u
export AWS_ENDPOINT_URL=$1 AWS_PAGER= AWS_DEFAULT_OUTPUT=json AWS_DEFAULT_REGION=us-east-1
export AWS_ACCESS_KEY_ID=AKIASTATORTESTKEY001 AWS_SECRET_ACCESS_KEY=a-secret/of+forty/characters0123456789ab
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export PATH="$(cd "$(dirname "$0")/../.." && pwd)/build/venv/bin:$PATH"
passed=0 failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

ok() { passed=$((passed + 1)); }
fail() { failed=$((failed + 1)); printf 'FAIL %s\n' "$1"; shift; printf '    %s\n' "$@"; }

# expect WHAT TEXT COMMAND...: the command succeeds and prints TEXT (blanks and line ends do not matter)
expect() {
    local what=$1 want=$2 got; shift 2
    if ! got=$("$@" 2>&1); then fail "$what" "$got"; return; fi
    got=$(tr -s ' \n\t' ' ' <<<"$got" | sed 's/ $//')
    if [ "$got" = "$want" ]; then ok; else fail "$what" "got      $got" "expected $want"; fi
}

# refused WHAT TEXT COMMAND...: the command fails and its words contain TEXT
refused() {
    local what=$1 want=$2 got; shift 2
    if got=$("$@" 2>&1); then fail "$what" "it succeeded: $got"; return; fi
    case $got in *"$want"*) ok ;; *) fail "$what" "got      $got" "expected $want" ;; esac
}

works() { local what=$1 got; shift; if got=$("$@" 2>&1); then ok; else fail "$what" "$got"; fi; }

expect "who am I" "000000000000" aws sts get-caller-identity --query Account --output text

works "create the table" aws dynamodb create-table --table-name TaskApp \
    --attribute-definitions AttributeName=PK,AttributeType=S AttributeName=SK,AttributeType=S \
    --key-schema AttributeName=PK,KeyType=HASH AttributeName=SK,KeyType=RANGE --billing-mode PAY_PER_REQUEST
works "wait for the table" aws dynamodb wait table-exists --table-name TaskApp
expect "the table is listed" "TaskApp" aws dynamodb list-tables --query 'TableNames[?@==`TaskApp`]' --output text
expect "the table is described" "ACTIVE PAY_PER_REQUEST" aws dynamodb describe-table --table-name TaskApp \
    --query 'Table.[TableStatus, BillingModeSummary.BillingMode]' --output text

works "put the profile" aws dynamodb put-item --table-name TaskApp --item \
    '{"PK": {"S": "USER#u123"}, "SK": {"S": "PROFILE"}, "Name": {"S": "Ada"}, "Email": {"S": "ada@example.com"}}'
works "put the first task" aws dynamodb put-item --table-name TaskApp --item \
    '{"PK": {"S": "USER#u123"}, "SK": {"S": "TASK#t001"}, "TaskId": {"S": "t001"}, "Title": {"S": "Write the report"}, "Status": {"S": "OPEN"}, "DueDate": {"S": "2026-12-01"}, "Version": {"N": "1"}}'
works "put the second task" aws dynamodb put-item --table-name TaskApp --item \
    '{"PK": {"S": "USER#u123"}, "SK": {"S": "TASK#t002"}, "TaskId": {"S": "t002"}, "Title": {"S": "Review the design"}, "Status": {"S": "IN_PROGRESS"}, "DueDate": {"S": "2026-12-05"}, "Version": {"N": "1"}}'
expect "get the profile" "Ada ada@example.com" aws dynamodb get-item --table-name TaskApp \
    --key '{"PK": {"S": "USER#u123"}, "SK": {"S": "PROFILE"}}' --query 'Item.[Name.S, Email.S]' --output text

expect "query the tasks" \
    '{ "Items": [ { "Status": { "S": "OPEN" }, "TaskId": { "S": "t001" }, "Title": { "S": "Write the report" } }, { "Status": { "S": "IN_PROGRESS" }, "TaskId": { "S": "t002" }, "Title": { "S": "Review the design" } } ], "Count": 2, "ScannedCount": 2, "ConsumedCapacity": null }' \
    aws dynamodb query --table-name TaskApp --key-condition-expression 'PK = :pk AND begins_with(SK, :prefix)' \
    --expression-attribute-values '{":pk": {"S": "USER#u123"}, ":prefix": {"S": "TASK#"}}' \
    --projection-expression 'TaskId, Title, #s' --expression-attribute-names '{"#s": "Status"}'
refused "a reserved word needs an alias" "Attribute name is a reserved keyword; reserved keyword: Status" \
    aws dynamodb query --table-name TaskApp --key-condition-expression 'PK = :pk' \
    --expression-attribute-values '{":pk": {"S": "USER#u123"}}' --projection-expression 'TaskId, Status'

works "add the index" aws dynamodb update-table --table-name TaskApp \
    --attribute-definitions AttributeName=GSI1PK,AttributeType=S AttributeName=GSI1SK,AttributeType=S \
    --global-secondary-index-updates '[{"Create": {"IndexName": "GSI1", "KeySchema": [{"AttributeName": "GSI1PK", "KeyType": "HASH"}, {"AttributeName": "GSI1SK", "KeyType": "RANGE"}], "Projection": {"ProjectionType": "ALL"}}}]'
for _ in $(seq 60); do
    status=$(aws dynamodb describe-table --table-name TaskApp --query 'Table.GlobalSecondaryIndexes[0].IndexStatus' --output text)
    [ "$status" = ACTIVE ] && break
done
[ "$status" = ACTIVE ] && ok || fail "the index becomes ACTIVE" "it is $status"

for task in "t001 OPEN 2026-12-01" "t002 IN_PROGRESS 2026-12-05"; do
    set -- $task
    works "index task $1" aws dynamodb update-item --table-name TaskApp --key "{\"PK\": {\"S\": \"USER#u123\"}, \"SK\": {\"S\": \"TASK#$1\"}}" \
        --update-expression 'SET GSI1PK = :p, GSI1SK = :s' \
        --expression-attribute-values "{\":p\": {\"S\": \"STATUS#$2\"}, \":s\": {\"S\": \"$3#$1\"}}"
done
expect "query the open tasks" "1 t001" aws dynamodb query --table-name TaskApp --index-name GSI1 \
    --key-condition-expression 'GSI1PK = :s' --expression-attribute-values '{":s": {"S": "STATUS#OPEN"}}' \
    --query '[Count, Items[0].TaskId.S]' --output text

lock() {
    aws dynamodb update-item --table-name TaskApp --key '{"PK": {"S": "USER#u123"}, "SK": {"S": "TASK#t001"}}' \
        --update-expression 'SET #s = :done, Version = Version + :one' --condition-expression 'Version = :one' \
        --expression-attribute-names '{"#s": "Status"}' \
        --expression-attribute-values '{":done": {"S": "DONE"}, ":one": {"N": "1"}}' --return-values ALL_NEW \
        --query 'Attributes.[Status.S, Version.N]' --output text
}
expect "update on condition of the version" "DONE 2" lock
refused "the same update again" \
    "An error occurred (ConditionalCheckFailedException) when calling the UpdateItem operation: The conditional request failed" lock
expect "scan in pages of one" "3" aws dynamodb scan --table-name TaskApp --page-size 1 --query Count

cat >"$scratch/batch.json" <<'END'
{"RequestItems": {"TaskApp": [
    {"PutRequest": {"Item": {"PK": {"S": "USER#u200"}, "SK": {"S": "TASK#t001"}, "Done": {"BOOL": false}}}},
    {"PutRequest": {"Item": {"PK": {"S": "USER#u200"}, "SK": {"S": "TASK#t002"}, "Tags": {"SS": ["a", "b"]}}}},
    {"DeleteRequest": {"Key": {"PK": {"S": "USER#u123"}, "SK": {"S": "PROFILE"}}}}]}}
END
expect "a batch from a file" '{ "UnprocessedItems": {} }' aws dynamodb batch-write-item --cli-input-json "file://$scratch/batch.json"
expect "a query from a skeleton" "TASK#t001 TASK#t002" aws dynamodb query --output text --query 'Items[].SK.S' --cli-input-json \
    '{"TableName": "TaskApp", "KeyConditionExpression": "PK = :p", "ExpressionAttributeValues": {":p": {"S": "USER#u200"}}}'
expect "the first item of a scan" "1" aws dynamodb scan --table-name TaskApp --page-size 1 --max-items 1 --query 'length(Items)'
token=$(aws dynamodb scan --table-name TaskApp --max-items 1 --query NextToken | tr -d '"')
expect "and the others, from its token" "3" aws dynamodb scan --table-name TaskApp --page-size 2 --starting-token "$token" --query 'length(Items)'
expect "a transaction" "" aws dynamodb transact-write-items --transact-items \
    '[{"Update": {"TableName": "TaskApp", "Key": {"PK": {"S": "USER#u200"}, "SK": {"S": "TASK#t001"}}, "UpdateExpression": "SET Done = :t", "ExpressionAttributeValues": {":t": {"BOOL": true}}}},
      {"ConditionCheck": {"TableName": "TaskApp", "Key": {"PK": {"S": "USER#u200"}, "SK": {"S": "TASK#t002"}}, "ConditionExpression": "contains(Tags, :a)", "ExpressionAttributeValues": {":a": {"S": "a"}}}}]'
expect "a statement" "True" aws dynamodb execute-statement --statement "SELECT Done FROM TaskApp WHERE PK = 'USER#u200' AND SK = 'TASK#t001'" \
    --query 'Items[0].Done.BOOL' --output text

works "delete a task" aws dynamodb delete-item --table-name TaskApp --key '{"PK": {"S": "USER#u123"}, "SK": {"S": "TASK#t002"}}'
works "delete the table" aws dynamodb delete-table --table-name TaskApp
works "wait for its end" aws dynamodb wait table-not-exists --table-name TaskApp
refused "the table is gone" "Requested resource not found: Table: TaskApp not found" \
    aws dynamodb describe-table --table-name TaskApp

echo "$passed passed, $failed failed"
[ $failed = 0 ]
