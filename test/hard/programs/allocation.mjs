// Calls that need more address space than is left: what each rejects with, and that the process goes on.
//
// usage: node allocation.mjs DIGITS MEBIBYTES
import assert from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";

import { generate, generateBytes, generateString, stream } from "compute-pi-rs";

const [digits, left] = process.argv.slice(2).map(Number);

// None gets as far as an array: V8 would end the process.
const calls = {
  generate: (options) => generate(digits, options),
  generateBytes: (options) => generateBytes(digits, options),
  generateString: (options) => generateString(digits, options),
  stream: (options) => buffer(stream(digits, options)),
  "generateBytes, verified": (options) => generateBytes(digits, { ...options, verify: true }),
};

const expected = await generateString(100_000);
const size = 1024 * Number(/^VmSize:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
execFileSync("prlimit", ["--pid", String(process.pid), `--as=${size + left * 2 ** 20}`]);

let rejections = 0;
for (const [name, call] of Object.entries(calls)) {
  const options = { threads: 1 + (rejections % 2), maxMemory: Infinity };
  await assert.rejects(call(options), { code: "ERR_MEMORY_ALLOCATION_FAILED" }, name);
  rejections++;
  assert.equal(await generateString(100_000), expected);
}
console.log(JSON.stringify({ rejections }));
