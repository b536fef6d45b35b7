// SPDX-License-Identifier: Apache-2.0

// A photo album with dynamoose: schemas with types, validators and defaults, a table that the library makes, changes and
// waits for, indexes, conditions, batches, transactions, time to live.
//
//   node dynamoose.mjs http://127.0.0.1:8000

import dynamoose from "dynamoose";
import assert from "node:assert/strict";
import { finish, settings, test } from "./suite.mjs";

dynamoose.aws.ddb.set(new dynamoose.aws.ddb.DynamoDB(settings));

const schema = new dynamoose.Schema(
    {
        album: { type: String, hashKey: true },
        number: { type: Number, rangeKey: true },
        owner: { type: String, index: { name: "by-owner", type: "global", rangeKey: "taken" } },
        taken: { type: Date, default: () => new Date("2026-11-01T00:00:00Z") },
        stars: { type: Number, validate: (stars) => stars >= 0 && stars <= 5 },
        people: { type: Set, schema: [String] },
        place: { type: Object, schema: { name: String, at: { type: Array, schema: [Number] } } },
        thumb: Buffer,
        shared: { type: Boolean, default: false },
    },
    { timestamps: true },
);

const Photo = dynamoose.model("Photo", schema);
const Counter = dynamoose.model("Counter", new dynamoose.Schema({ id: String, count: Number }));
const table = new dynamoose.Table("DynamoosePhotos", [Photo], {
    initialize: false,
    throughput: "ON_DEMAND",
    expires: { ttl: 86400000, attribute: "expires" },
    waitForActive: { enabled: true, check: { timeout: 60000, frequency: 100 } },
});
const counters = new dynamoose.Table("DynamooseCounters", [Counter], {
    initialize: false,
    throughput: "ON_DEMAND",
    waitForActive: { check: { frequency: 100 } },
});
const photo = (number, more = {}) => ({
    album: "trip",
    number,
    owner: number % 2 ? "ada" : "grace",
    stars: number % 6,
    ...more,
});
const numbers = (found) => [...found].map((it) => it.number);

await test("the library makes its tables", async () => {
    await Promise.all([table.initialize(), counters.initialize()]);
    const { Table } = await dynamoose.aws.ddb().describeTable({ TableName: "DynamoosePhotos" });
    assert.equal(Table.TableStatus, "ACTIVE");
    assert.deepEqual(
        Table.GlobalSecondaryIndexes.map((it) => [it.IndexName, it.KeySchema.map((key) => key.AttributeName)]),
        [["by-owner", ["owner", "taken"]]],
    );
    const { TimeToLiveDescription } = await dynamoose.aws.ddb().describeTimeToLive({ TableName: "DynamoosePhotos" });
    assert.equal(TimeToLiveDescription.AttributeName, "expires");
});

await test("documents come back", async () => {
    await Photo.create(
        photo(1, {
            people: new Set(["x", "y"]),
            place: { name: "Ulm", at: [48.4, 9.98] },
            thumb: Buffer.from([0, 1, 255]),
        }),
    );
    const got = await Photo.get({ album: "trip", number: 1 }, { consistent: true });
    assert.deepEqual(
        [got.owner, got.shared, got.place, [...got.people].sort(), [...got.thumb]],
        ["ada", false, { name: "Ulm", at: [48.4, 9.98] }, ["x", "y"], [0, 1, 255]],
    );
    assert.equal(got.taken.toISOString(), "2026-11-01T00:00:00.000Z");
    assert.ok(got.createdAt instanceof Date && got.expires > new Date(), "timestamps and time to live");
    assert.equal(await Photo.get({ album: "trip", number: 404 }), undefined);
    await assert.rejects(Photo.create(photo(1)), { name: "ConditionalCheckFailedException" });
    await assert.rejects(Photo.create(photo(2, { stars: 9 })), { name: "ValidationError" });
});

await test("updates and conditions", async () => {
    const key = { album: "trip", number: 1 };
    const updated = await Photo.update(key, { $SET: { shared: true }, $ADD: { stars: 2 }, $REMOVE: ["thumb"] });
    assert.deepEqual([updated.shared, updated.stars, updated.thumb], [true, 3, undefined]);
    const only = new dynamoose.Condition().where("stars").gt(4);
    await assert.rejects(Photo.update(key, { shared: false }, { condition: only }), {
        name: "ConditionalCheckFailedException",
        message: "The conditional request failed",
    });
    const got = await Photo.get(key);
    got.stars = 5;
    await got.save();
    assert.equal((await Photo.get(key, { consistent: true })).stars, 5);
});

await test("batches", async () => {
    for (let from = 2; from <= 41; from += 20) {
        const { unprocessedItems } = await Photo.batchPut(Array.from({ length: 20 }, (_, i) => photo(from + i)));
        assert.deepEqual(unprocessedItems, []);
    }
    const got = await Photo.batchGet([1, 7, 41, 99].map((number) => ({ album: "trip", number })));
    assert.deepEqual(
        numbers(got).sort((a, b) => a - b),
        [1, 7, 41],
    );
    await Photo.batchDelete([40, 41].map((number) => ({ album: "trip", number })));
});

await test("queries and scans", async () => {
    assert.deepEqual(
        numbers(await Photo.query("album").eq("trip").where("number").between(5, 9).exec()),
        [5, 6, 7, 8, 9],
    );
    assert.deepEqual(numbers(await Photo.query("album").eq("trip").sort("descending").limit(3).exec()), [39, 38, 37]);
    const mine = await Photo.query("owner").eq("ada").using("by-owner").filter("stars").eq(1).exec();
    assert.deepEqual(
        numbers(mine).sort((a, b) => a - b),
        [7, 13, 19, 25, 31, 37],
    );
    const first = await Photo.query("album").eq("trip").limit(10).exec();
    const second = await Photo.query("album").eq("trip").limit(10).startAt(first.lastKey).exec();
    assert.deepEqual(numbers(second), [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    assert.equal((await Photo.query("album").eq("trip").count().exec()).count, 39);
    assert.equal((await Photo.scan("stars").ge(4).limit(5).all().exec()).length, 13);
    assert.equal((await Photo.scan().parallel(3).exec()).length, 39);
});

await test("transactions", async () => {
    await dynamoose.transaction([
        Photo.transaction.create(photo(50)),
        Counter.transaction.update({ id: "photos" }, { $ADD: { count: 1 } }),
        Photo.transaction.delete({ album: "trip", number: 39 }),
        Photo.transaction.condition({ album: "trip", number: 1 }, new dynamoose.Condition().where("stars").eq(5)),
    ]);
    const [made, counter] = await dynamoose.transaction([
        Photo.transaction.get({ album: "trip", number: 50 }),
        Counter.transaction.get("photos"),
    ]);
    assert.deepEqual([made.number, counter.count], [50, 1]);
    assert.equal(await Photo.get({ album: "trip", number: 39 }), undefined);
    await assert.rejects(
        dynamoose.transaction([
            Counter.transaction.update({ id: "photos" }, { $ADD: { count: 1 } }),
            Photo.transaction.create(photo(50)),
        ]),
        (refused) => {
            assert.equal(refused.name, "TransactionCanceledException");
            assert.deepEqual(
                refused.CancellationReasons.map((it) => it.Code),
                ["None", "ConditionalCheckFailed"],
            );
            return true;
        },
    );
    assert.equal((await Counter.get("photos")).count, 1);
});

await test("a table that is there already is taken as it is", async () => {
    const Again = dynamoose.model("PhotoAgain", schema);
    const again = new dynamoose.Table("DynamoosePhotos", [Again], {
        initialize: false,
        throughput: "ON_DEMAND",
        update: ["ttl"],
        waitForActive: { check: { frequency: 100 } },
    });
    await again.initialize();
    assert.equal((await Again.get({ album: "trip", number: 7 })).owner, "ada");
});

finish();
