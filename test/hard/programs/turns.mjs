// Short calls beside calls of seconds and far sums of days, more of them than CPUs: all of them go on.
//
// usage: node turns.mjs SECONDS
import assert from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

import { generate, generateBytes, hexDigits } from "compute-pi-rs";

const seconds = Number(process.argv[2]);
const cpus = availableParallelism();
const far = 10_000_000_000_000;
const ten = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];

const abort = new AbortController();
const { signal } = abort;
const start = performance.now();
const isTime = () => performance.now() - start < seconds * 1000;
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// One progress a sum: the steps in which it went on.
const steps = new Array(4 * cpus + 3).fill(0);
const sums = steps.map((_, sum) => {
  let before = 0;
  const onProgress = ({ fraction }) => {
    if (fraction > before) steps[sum]++;
    before = fraction;
  };
  return hexDigits(far, 8, { signal, onProgress });
});
const ended = Promise.allSettled(sums);

/** The times of calls one after the other, as long as it is time; what is under way at the end does not count. */
async function again(call) {
  const times = [];
  while (isTime()) {
    const begun = performance.now();
    await call().catch((error) => assert.strictEqual(error, signal.reason));
    if (!signal.aborted) times.push(performance.now() - begun);
    await sleep(10);
  }
  return times.sort((a, b) => a - b);
}

const options = { maxMemory: Infinity, signal };
const long = Array.from({ length: 10 }, () => again(() => generateBytes(10_000_000, options)));
const middling = again(() => generateBytes(500_000, options));
const short = again(async () => assert.deepStrictEqual(await generate(10), ten));

let threads = 0;
const counter = setInterval(() => {
  const names = readdirSync("/proc/self/task").map((id) => {
    try {
      return readFileSync(`/proc/self/task/${id}/comm`, "utf8").trim();
    } catch {
      return "ended";
    }
  });
  threads = Math.max(threads, names.filter((name) => name === "compute-pi").length);
}, 20);

const times = await short;
while (steps.includes(0)) await sleep(20);
clearInterval(counter);
abort.abort();
const [ofMiddling, ofLong] = [await middling, await Promise.all(long)];
for (const { reason } of await ended) assert.strictEqual(reason, signal.reason);

const quantile = (share) => times[Math.floor(share * (times.length - 1))];
console.log(
  JSON.stringify({
    sums: steps.length,
    steps: Math.min(...steps),
    calls: times.length,
    middling: ofMiddling.length,
    long: ofLong.reduce((sum, { length }) => sum + length, 0),
    p50: quantile(0.5),
    p99: quantile(0.99),
    threads,
    cpus,
  }),
);
