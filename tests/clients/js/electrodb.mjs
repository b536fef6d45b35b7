// SPDX-License-Identifier: Apache-2.0

// A shopping mall in one table with ElectroDB: two entities, a collection over both, composite keys in three indexes,
// conditions, upserts, batches, transactions, cursors.
//
//   node electrodb.mjs http://127.0.0.1:8000

import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import electrodb from "electrodb";
import assert from "node:assert/strict";
import { finish, settings, test } from "./suite.mjs";

const { Entity, Service } = electrodb;
const table = "ElectroMall";
const client = new DynamoDBClient(settings);
const documents = DynamoDBDocumentClient.from(client);

const Store = new Entity(
    {
        model: { entity: "store", version: "1", service: "mall" },
        attributes: {
            mall: { type: "string", required: true },
            unit: { type: "string", required: true },
            category: { type: ["food", "shoes", "books"], required: true },
            rent: { type: "number", default: 0, validate: (rent) => rent >= 0 },
            leaseEnd: { type: "string", required: true },
            tags: { type: "set", items: "string" },
            address: {
                type: "map",
                properties: { floor: { type: "number" }, notes: { type: "list", items: { type: "string" } } },
            },
            changed: { type: "number", watch: "*", set: () => 42, readOnly: false },
        },
        indexes: {
            unit: { pk: { field: "pk", composite: ["mall"] }, sk: { field: "sk", composite: ["unit"] } },
            leases: {
                index: "gsi1",
                pk: { field: "gsi1pk", composite: ["mall"] },
                sk: { field: "gsi1sk", composite: ["leaseEnd", "unit"] },
            },
            units: {
                index: "gsi2",
                collection: "mallUnits",
                pk: { field: "gsi2pk", composite: ["mall", "unit"] },
                sk: { field: "gsi2sk", composite: ["category"] },
            },
        },
    },
    { client: documents, table },
);

const Visit = new Entity(
    {
        model: { entity: "visit", version: "1", service: "mall" },
        attributes: {
            mall: { type: "string", required: true },
            unit: { type: "string", required: true },
            id: { type: "string", required: true },
            spent: { type: "number", default: 0 },
        },
        indexes: {
            visit: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
            units: {
                index: "gsi2",
                collection: "mallUnits",
                pk: { field: "gsi2pk", composite: ["mall", "unit"] },
                sk: { field: "gsi2sk", composite: ["id"] },
            },
        },
    },
    { client: documents, table },
);

const mall = new Service({ store: Store, visit: Visit }, { client: documents, table });
const store = (n, more = {}) => ({
    mall: "East",
    unit: `U${String(n).padStart(2, "0")}`,
    category: n % 2 ? "food" : "shoes",
    rent: n * 100,
    leaseEnd: `2026-${String((n % 12) + 1).padStart(2, "0")}-01`,
    ...more,
});

await test("a table with three pairs of keys", async () => {
    const pairs = [
        ["pk", "sk"],
        ["gsi1pk", "gsi1sk"],
        ["gsi2pk", "gsi2sk"],
    ];
    const schema = ([hash, range]) => [
        { AttributeName: hash, KeyType: "HASH" },
        { AttributeName: range, KeyType: "RANGE" },
    ];
    await client.send(
        new CreateTableCommand({
            TableName: table,
            BillingMode: "PAY_PER_REQUEST",
            KeySchema: schema(pairs[0]),
            AttributeDefinitions: pairs.flat().map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
            GlobalSecondaryIndexes: pairs
                .slice(1)
                .map((pair, i) => ({
                    IndexName: `gsi${i + 1}`,
                    KeySchema: schema(pair),
                    Projection: { ProjectionType: "ALL" },
                })),
        }),
    );
    await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { TableName: table });
});

await test("create, get, and the keys that it made", async () => {
    const made = store(1, { tags: ["new", "corner"], address: { floor: 2, notes: ["a", "b"] } });
    await Store.create(made).go();
    const got = (await Store.get({ mall: "East", unit: "U01" }).go({ consistent: true })).data;
    assert.deepEqual({ ...got, tags: [...got.tags].sort() }, { ...made, tags: ["corner", "new"], changed: 42 });
    const { Item } = await documents.send(
        new GetCommand({ TableName: table, Key: { pk: "$mall#mall_east", sk: "$store_1#unit_u01" } }),
    );
    assert.equal(Item.gsi1sk, "$store_1#leaseend_2026-02-01#unit_u01");
    assert.equal((await Store.get({ mall: "East", unit: "U99" }).go()).data, null);
    await assert.rejects(Store.create(made).go(), /conditional request failed/i);
});

await test("updates of every kind", async () => {
    const { data } = await Store.update({ mall: "East", unit: "U01" })
        .set({ leaseEnd: "2027-01-01" })
        .add({ rent: 50, tags: ["late"] })
        .append({ "address.notes": ["c"] })
        .where(({ rent, category }, { gt, eq }) => `${gt(rent, 10)} AND ${eq(category, "food")}`)
        .go({ response: "all_new" });
    assert.equal(data.rent, 150);
    assert.deepEqual([...data.tags].sort(), ["corner", "late", "new"]);
    assert.deepEqual(data.address.notes, ["a", "b", "c"]);
    const { data: less } = await Store.patch({ mall: "East", unit: "U01" })
        .subtract({ rent: 20 })
        .delete({ tags: ["new"] })
        .remove(["address"])
        .go({ response: "all_new" });
    assert.deepEqual([less.rent, [...less.tags].sort(), less.address], [130, ["corner", "late"], undefined]);
    await assert.rejects(
        Store.patch({ mall: "East", unit: "U77" }).set({ rent: 1 }).go(),
        /conditional request failed/i,
    );
    await assert.rejects(
        Store.update({ mall: "East", unit: "U01" })
            .set({ rent: 1 })
            .where(({ rent }, { lt }) => lt(rent, 0))
            .go(),
        /conditional/i,
    );
    const { data: upserted } = await Store.upsert(store(90)).go({ response: "all_new" });
    assert.equal(upserted.rent, 9000);
});

await test("batches", async () => {
    const { unprocessed } = await Store.put(Array.from({ length: 40 }, (_, i) => store(i + 2))).go({ concurrency: 2 });
    assert.deepEqual(unprocessed, []);
    const { data } = await Store.get(Array.from({ length: 120 }, (_, i) => ({ mall: "East", unit: store(i).unit }))).go(
        { preserveOrder: true },
    );
    assert.deepEqual(
        data.filter(Boolean).map((it) => it.unit),
        [...Array(41).keys()].map((i) => store(i + 1).unit).concat("U90"),
    );
});

await test("queries, pages and cursors", async () => {
    const between = await Store.query
        .leases({ mall: "East" })
        .between({ leaseEnd: "2026-03-01" }, { leaseEnd: "2026-03-31" })
        .go();
    assert.deepEqual(
        between.data.map((it) => it.unit),
        ["U02", "U14", "U26", "U38"],
    );
    const begins = await Store.query.unit({ mall: "East" }).begins({ unit: "U1" }).go({ order: "desc" });
    assert.deepEqual(
        begins.data.map((it) => it.unit),
        ["U19", "U18", "U17", "U16", "U15", "U14", "U13", "U12", "U11", "U10"],
    );
    const seen = [];
    let cursor = null;
    do {
        const page = await Store.query
            .unit({ mall: "East" })
            .where(({ category }, { eq }) => eq(category, "shoes"))
            .go({ cursor, limit: 10 });
        seen.push(...page.data.map((it) => it.unit));
        cursor = page.cursor;
    } while (cursor);
    assert.deepEqual(seen, [...Array(20).keys()].map((i) => store(2 * i + 2).unit).concat("U90"));
    const all = await Store.scan.go({ pages: "all", attributes: ["unit"] });
    assert.equal(all.data.length, 42);
});

await test("a collection of two entities", async () => {
    await Visit.create([1, 2, 3].map((n) => ({ mall: "East", unit: "U05", id: `v${n}`, spent: n }))[0]).go();
    await Visit.put([2, 3].map((n) => ({ mall: "East", unit: "U05", id: `v${n}`, spent: n }))).go();
    const { data } = await mall.collections.mallUnits({ mall: "East", unit: "U05" }).go();
    assert.deepEqual(
        data.store.map((it) => it.rent),
        [500],
    );
    assert.deepEqual(
        data.visit.map((it) => it.id),
        ["v1", "v2", "v3"],
    );
});

await test("transactions", async () => {
    const done = await mall.transaction
        .write(({ store: s, visit: v }) => [
            s.patch({ mall: "East", unit: "U05" }).add({ rent: 1 }).commit(),
            v.delete({ id: "v1" }).commit(),
            v.create({ mall: "East", unit: "U05", id: "v9" }).commit(),
            s
                .check({ mall: "East", unit: "U06" })
                .where(({ rent }, { eq }) => eq(rent, 600))
                .commit(),
        ])
        .go({ token: "electro-token" });
    assert.equal(done.canceled, false);
    const { data } = await mall.transaction
        .get(({ store: s, visit: v }) => [s.get({ mall: "East", unit: "U05" }).commit(), v.get({ id: "v1" }).commit()])
        .go();
    assert.deepEqual([data[0].item.rent, data[1].item], [501, null]);
    const refused = await mall.transaction
        .write(({ store: s, visit: v }) => [
            s.patch({ mall: "East", unit: "U05" }).add({ rent: 1 }).commit(),
            v.create({ mall: "East", unit: "U05", id: "v9" }).commit({ response: "all_old" }),
        ])
        .go();
    assert.equal(refused.canceled, true);
    assert.deepEqual(
        refused.data.map((it) => [it.rejected, it.code]),
        [
            [false, "None"],
            [true, "ConditionalCheckFailed"],
        ],
    );
    assert.equal(refused.data[1].item.id, "v9");
});

finish();
