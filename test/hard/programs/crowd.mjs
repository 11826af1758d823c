// Calls of all sizes at a time that need more memory together than the process may have; a fifth of them is aborted.
//
// usage: node crowd.mjs SECONDS
import assert from "node:assert";

import { generate, generateBytes, generateString, stream } from "compute-pi-rs";

const seconds = Number(process.argv[2]);
const together = 6;
const first = "3141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117067";

/** The most digits of each kind, and its digits' number and beginning. */
const kinds = [
  [60e6, async (n, options) => shown(await generateBytes(n, options))],
  [60e6, async (n, options) => shown(await generateString(n, options))],
  [20e6, async (n, options) => shown(await generate(n, options))],
  [
    60e6,
    async (n, options) => {
      let [length, begin] = [0, ""];
      for await (const chunk of stream(n, options)) {
        if (length === 0) begin = chunk.subarray(0, 100).toString();
        length += chunk.length;
      }
      return [length, begin];
    },
  ],
];

const shown = (digits) => [digits.length, [...digits.slice(0, 100)].join("")];

const counts = { calls: 0, results: 0, refused: 0, aborted: 0 };
const start = performance.now();

async function call() {
  const controller = new AbortController();
  const timer = Math.random() < 1 / 5 && setTimeout(() => controller.abort(), 2000 * Math.random());
  const [most, kind] = kinds[counts.calls++ % kinds.length];
  const n = Math.floor(1000 * (most / 1000) ** Math.random());
  try {
    const [length, begin] = await kind(n, { signal: controller.signal });
    assert.strictEqual(length, n);
    assert.strictEqual(begin, first.slice(0, begin.length));
    counts.results++;
  } catch (error) {
    if (error === controller.signal.reason) counts.aborted++;
    else if (["ERR_COMPUTE_PI_MEMORY", "ERR_MEMORY_ALLOCATION_FAILED"].includes(error.code)) counts.refused++;
    else throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function caller() {
  do await call();
  while (performance.now() - start < seconds * 1000);
}

await Promise.all(Array.from({ length: together }, caller));
console.log(JSON.stringify(counts));
