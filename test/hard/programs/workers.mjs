// Worker threads that are started, compute, and end: by themselves, by `process.exit`, or terminated in the middle.
//
// usage: node workers.mjs THREADS
import assert from "node:assert";
import { once } from "node:events";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

const [threads] = process.argv.slice(2).map(Number);
const together = 10;

const path = JSON.stringify(createRequire(import.meta.url).resolve("compute-pi-rs"));
const head = `
  const { parentPort } = require("node:worker_threads");
  const { generate, generateString, stream } = require(${path});`;
const busy = `
  stream(1_000_000, { onProgress() {} }).on("data", () => undefined).on("error", () => undefined);
  for (let call = 0; call < 5; call++) generate(1_000_000, { onProgress() {} }).catch(() => undefined);`;

const ends = {
  finished: {
    source: `${head} generateString(2000).then((digits) => parentPort.postMessage(digits.slice(0, 10)));`,
    code: 0,
    async during(worker) {
      assert.deepStrictEqual(await once(worker, "message"), ["3141592653"]);
    },
  },
  exited: {
    source: `${head} ${busy} setTimeout(() => process.exit(7), ${Math.round(Math.random() * 30)});`,
    code: 7,
    async during() {},
  },
  terminated: {
    source: `${head} ${busy}`,
    code: 1,
    async during(worker) {
      await once(worker, "online");
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
      await worker.terminate();
    },
  },
};
const kinds = Object.keys(ends);

const counts = { finished: 0, exited: 0, terminated: 0 };

async function live(kind) {
  const { source, code, during } = ends[kind];
  const worker = new Worker(source, { eval: true });
  const exited = once(worker, "exit");
  await during(worker);
  assert.deepStrictEqual(await exited, [code]);
  counts[kind]++;
}

for (let number = 0; number < threads; number += together) {
  const batch = Array.from({ length: Math.min(together, threads - number) }, (_, at) => kinds[(number + at) % 3]);
  await Promise.all(batch.map(live));
}
console.log(JSON.stringify({ threads, ...counts }));
