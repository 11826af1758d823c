// `no-threads.mjs refuse`: calls while the shim refuses threads, twice as many as before each time, and, said `again`, once
// more when there are some. Prints what came of them, and the bytes of heap that a refused call leaves.
import { rmSync, writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

import { generateString, hexDigits, native, stream, ThreadsError } from "../../../dist/index.js";

const flag = process.env.REFUSE_THREADS;
const mode = process.argv[2];

async function outcome(call) {
  try {
    return `${(await call()).length} digits`;
  } catch (error) {
    return error instanceof ThreadsError && error.cause ? error.code : String(error);
  }
}

native();
// The threads of Node.js itself are there from now on.
await import("node:fs/promises").then(({ readFile }) => readFile(new URL(import.meta.url)));
if (mode === "later") await generateString(10);
writeFileSync(flag, "");

const calls = [
  () => generateString(10),
  () => generateString(200_000, { threads: 4 }),
  () => hexDigits(100_000, 10, { threads: 4 }),
  () => stream(10).toArray(),
];
const said = [];
for (const call of calls) said.push(await outcome(call));
said.push(...(await Promise.all(calls.map(outcome))));

if (mode === "kept") {
  const refuse = async (times) => {
    for (let call = 0; call < times; call++) await outcome(calls[0]);
    globalThis.gc();
    return process.memoryUsage.rss();
  };
  // V8's heap has its size after some ten thousand.
  const before = await refuse(40_000);
  said.length = 0;
  said.push(String(((await refuse(20_000)) - before) / 20_000 < 64));
}
if (mode === "again") {
  rmSync(flag);
  said.push(await outcome(calls[1]));
}
console.log([...new Set(said)].join(", "));
