// Calls every function once or twice; a look-up of the file `begin` tells a trace where that starts.
import assert from "node:assert";
import { existsSync } from "node:fs";

existsSync("begin");
const pi = await import("compute-pi-rs");

assert.strictEqual((await pi.generate(200_000)).length, 200_000);
assert.strictEqual((await pi.generateBytes(200_000, { threads: 2, onProgress() {} })).length, 200_000);
assert.strictEqual((await pi.generateString(2000, { algorithm: "spigot" })).length, 2000);
for await (const chunk of pi.stream(100_000)) assert.ok(chunk.length > 0);
assert.strictEqual(await pi.hexDigits(1, 4), "243F");
const { jobs } = await pi.hexDigitsPlan({ position: 1000, jobs: 2 });
const parts = await Promise.all(jobs.map((job) => pi.hexDigitsPartial(job)));
assert.ok(pi.hexDigitsCombine(parts).digits.startsWith(await pi.hexDigits(1000, 8)));
assert.ok(pi.estimate(1000).memory > 0 && pi.native().threads > 0);
await assert.rejects(pi.generate(200_000, { signal: AbortSignal.timeout(1) }).then(() => Promise.reject()));
