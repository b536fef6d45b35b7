// SPDX-License-Identifier: Apache-2.0

// What the programs of this folder share: the connection's settings, tests that count, and the closing line.

export const settings = {
    endpoint: process.argv[2],
    region: "us-east-1",
    credentials: { accessKeyId: "AKIASTATORTESTKEY001", secretAccessKey: "a-secret/of+forty/characters0123456789ab" },
};

let passed = 0;
let failed = 0;

export async function test(what, body) {
    try {
        await body();
        passed++;
    } catch (problem) {
        failed++;
        console.log(`FAIL ${what}\n    ${String(problem.stack).split("\n").slice(0, 12).join("\n    ")}`);
    }
}

export function finish() {
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed ? 1 : 0);
}
