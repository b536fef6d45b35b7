// SPDX-License-Identifier: Apache-2.0

// The task list of a small application, written against the JavaScript SDK: the bare client for the table, the document
// client for the items, its paginators, waiters, sets and error classes.
//
//   node lab.mjs http://127.0.0.1:8000

import {
    CreateTableCommand, DeleteTableCommand, DescribeTableCommand, DynamoDBClient, GetItemCommand, ListTablesCommand,
    UpdateTableCommand, ConditionalCheckFailedException, ResourceNotFoundException, TransactionCanceledException,
    waitUntilTableExists, waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import {
    BatchGetCommand, BatchWriteCommand, DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand,
    TransactGetCommand, TransactWriteCommand, UpdateCommand, paginateQuery, paginateScan,
} from "@aws-sdk/lib-dynamodb";
import assert from "node:assert/strict";
import { finish, settings, test } from "./suite.mjs";

const TableName = "JsTasks";
const client = new DynamoDBClient(settings);
const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

const user = { PK: "USER#u123", SK: "PROFILE", Name: "Ada", Since: 2026, Nested: { list: [1, "two", null, true], deep: { n: 1.5 } } };
const tasks = [
    { PK: "USER#u123", SK: "TASK#t001", TaskId: "t001", Title: "Write", Status: "OPEN", Version: 1, Tags: new Set(["a", "b"]) },
    { PK: "USER#u123", SK: "TASK#t002", TaskId: "t002", Title: "Read", Status: "IN_PROGRESS", Version: 1, Blob: new Uint8Array([0, 1, 255]) },
];

await test("a table is made and waited for", async () => {
    const made = await client.send(new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: "PK", AttributeType: "S" }, { AttributeName: "SK", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "PK", KeyType: "HASH" }, { AttributeName: "SK", KeyType: "RANGE" }],
        BillingMode: "PAY_PER_REQUEST",
    }));
    assert.equal(made.TableDescription.TableName, TableName);
    const waited = await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { TableName });
    assert.equal(waited.state, "SUCCESS");
    const listed = await client.send(new ListTablesCommand({}));
    assert.ok(listed.TableNames.includes(TableName));
});

await test("documents come back as they were", async () => {
    for (const Item of [user, ...tasks]) {
        await documents.send(new PutCommand({ TableName, Item }));
    }
    const profile = await documents.send(new GetCommand({ TableName, Key: { PK: user.PK, SK: user.SK } }));
    assert.deepEqual(profile.Item, user);
    const second = await documents.send(new GetCommand({ TableName, Key: { PK: tasks[1].PK, SK: tasks[1].SK } }));
    assert.deepEqual([...second.Item.Blob], [0, 1, 255]);
    const missing = await documents.send(new GetCommand({ TableName, Key: { PK: "nobody", SK: "x" } }));
    assert.equal(missing.Item, undefined);
    const raw = await client.send(new GetItemCommand({ TableName, Key: { PK: { S: user.PK }, SK: { S: "TASK#t001" } } }));
    assert.deepEqual(raw.Item.Tags, { SS: ["a", "b"] });
});

await test("a query by prefix with an aliased projection", async () => {
    const found = await documents.send(new QueryCommand({
        TableName,
        KeyConditionExpression: "PK = :p AND begins_with(SK, :t)",
        ExpressionAttributeValues: { ":p": "USER#u123", ":t": "TASK#" },
        ProjectionExpression: "TaskId, #s",
        ExpressionAttributeNames: { "#s": "Status" },
    }));
    assert.deepEqual(found.Items, [{ TaskId: "t001", Status: "OPEN" }, { TaskId: "t002", Status: "IN_PROGRESS" }]);
    assert.equal(found.Count, 2);
});

await test("pages", async () => {
    const seen = [];
    const pages = paginateQuery({ client: documents, pageSize: 1 }, {
        TableName, KeyConditionExpression: "PK = :p", ExpressionAttributeValues: { ":p": "USER#u123" }, ScanIndexForward: false,
    });
    for await (const page of pages) seen.push(...page.Items.map((item) => item.SK));
    assert.deepEqual(seen, ["TASK#t002", "TASK#t001", "PROFILE"]);
});

await test("a global index is added and fills", async () => {
    await client.send(new UpdateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: "GSI1PK", AttributeType: "S" }, { AttributeName: "GSI1SK", AttributeType: "S" }],
        GlobalSecondaryIndexUpdates: [{
            Create: {
                IndexName: "GSI1", Projection: { ProjectionType: "ALL" },
                KeySchema: [{ AttributeName: "GSI1PK", KeyType: "HASH" }, { AttributeName: "GSI1SK", KeyType: "RANGE" }],
            },
        }],
    }));
    let status = "";
    for (let tries = 0; tries < 600 && status !== "ACTIVE"; tries++) {
        const { Table } = await client.send(new DescribeTableCommand({ TableName }));
        status = Table.GlobalSecondaryIndexes[0].IndexStatus;
        if (status !== "ACTIVE") await new Promise((done) => setTimeout(done, 100));
    }
    assert.equal(status, "ACTIVE");
    for (const task of tasks) {
        await documents.send(new UpdateCommand({
            TableName, Key: { PK: task.PK, SK: task.SK }, UpdateExpression: "SET GSI1PK = :p, GSI1SK = SK",
            ExpressionAttributeValues: { ":p": `STATUS#${task.Status}` },
        }));
    }
    const open = await documents.send(new QueryCommand({
        TableName, IndexName: "GSI1", KeyConditionExpression: "GSI1PK = :p", ExpressionAttributeValues: { ":p": "STATUS#OPEN" },
    }));
    assert.deepEqual(open.Items.map((item) => item.TaskId), ["t001"]);
});

await test("optimistic locking", async () => {
    const update = () => new UpdateCommand({
        TableName, Key: { PK: "USER#u123", SK: "TASK#t001" }, UpdateExpression: "SET Version = Version + :one",
        ConditionExpression: "Version = :one", ExpressionAttributeValues: { ":one": 1 }, ReturnValues: "UPDATED_NEW",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    assert.deepEqual((await documents.send(update())).Attributes, { Version: 2 });
    await assert.rejects(documents.send(update()), (refused) => {
        assert.ok(refused instanceof ConditionalCheckFailedException);
        assert.equal(refused.message, "The conditional request failed");
        assert.ok(refused.Item);
        return true;
    });
});

await test("transactions", async () => {
    const [one, other] = tasks.map(({ PK, SK }) => ({ PK, SK }));
    const turn = (Key, to, from) => ({ Update: {
        TableName, Key, UpdateExpression: "SET Turn = :to", ConditionExpression: from ? "Turn = :from" : "attribute_not_exists(Turn)",
        ExpressionAttributeValues: from ? { ":to": to, ":from": from } : { ":to": to }, ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    } });
    await documents.send(new TransactWriteCommand({ TransactItems: [turn(one, "a"), turn(other, "b")] }));
    await assert.rejects(documents.send(new TransactWriteCommand({ TransactItems: [turn(one, "b", "a"), turn(other, "a", "c")] })), (refused) => {
        assert.ok(refused instanceof TransactionCanceledException);
        assert.deepEqual(refused.CancellationReasons.map((reason) => reason.Code), ["None", "ConditionalCheckFailed"]);
        assert.equal(refused.CancellationReasons[1].Item.Turn.S ?? refused.CancellationReasons[1].Item.Turn, "b");
        return true;
    });
    const got = await documents.send(new TransactGetCommand({
        TransactItems: [one, other, { PK: "none", SK: "none" }].map((Key) => ({ Get: { TableName, Key, ProjectionExpression: "Turn" } })),
    }));
    assert.deepEqual(got.Responses.map((response) => response.Item), [{ Turn: "a" }, { Turn: "b" }, undefined]);
});

await test("sets and nested updates", async () => {
    const Key = { PK: "USER#u123", SK: "TASK#t001" };
    const added = await documents.send(new UpdateCommand({
        TableName, Key, UpdateExpression: "ADD Tags :t SET Info = :i", ReturnValues: "ALL_NEW",
        ExpressionAttributeValues: { ":t": new Set(["c"]), ":i": { steps: [1, 2, 3] } },
    }));
    assert.deepEqual(added.Attributes.Tags, new Set(["a", "b", "c"]));
    const changed = await documents.send(new UpdateCommand({
        TableName, Key, UpdateExpression: "SET Info.steps[1] = :v REMOVE Info.steps[0] DELETE Tags :gone",
        ExpressionAttributeValues: { ":v": "two", ":gone": new Set(["a", "b"]) }, ReturnValues: "ALL_NEW",
    }));
    assert.deepEqual(changed.Attributes.Info, { steps: ["two", 3] });
    assert.deepEqual(changed.Attributes.Tags, new Set(["c"]));
});

await test("batches", async () => {
    const items = Array.from({ length: 25 }, (_, i) => ({ PK: "BATCH", SK: String(i).padStart(3, "0"), i }));
    const written = await documents.send(new BatchWriteCommand({
        RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
    }));
    assert.deepEqual(written.UnprocessedItems, {});
    const got = await documents.send(new BatchGetCommand({
        RequestItems: { [TableName]: { Keys: items.map(({ PK, SK }) => ({ PK, SK })), ConsistentRead: true } },
    }));
    assert.equal(got.Responses[TableName].length, 25);
    let count = 0;
    for await (const page of paginateScan({ client: documents, pageSize: 7 }, { TableName })) count += page.Count;
    assert.equal(count, 28);
});

await test("deletes", async () => {
    const gone = await documents.send(new DeleteCommand({ TableName, Key: { PK: "BATCH", SK: "000" }, ReturnValues: "ALL_OLD" }));
    assert.deepEqual(gone.Attributes, { PK: "BATCH", SK: "000", i: 0 });
    await client.send(new DeleteTableCommand({ TableName }));
    const waited = await waitUntilTableNotExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { TableName });
    assert.equal(waited.state, "SUCCESS");
    await assert.rejects(client.send(new DescribeTableCommand({ TableName })), ResourceNotFoundException);
});

finish();
