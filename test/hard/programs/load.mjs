// A thousand calls at a time, of mixed sizes and kinds, a third of them aborted at random moments.
//
// usage: node load.mjs SECONDS
import assert from "node:assert";
import { monitorEventLoopDelay } from "node:perf_hooks";

import { generate, generateBytes, generateString, hexDigits, stream } from "compute-pi-rs";

const [seconds] = process.argv.slice(2).map(Number);
const together = 1000;
const largest = 100_000;
const warmUp = Math.min(60, seconds / 3) * 1000;

const pi = await generateString(largest);
const ascii = Buffer.from(pi);
const hex = await hexDigits(1, 1000);

/** Right digits, checked in ways that hardly hold the event loop. */
const kinds = [
  async (n, options) => {
    const digits = await generate(n, options);
    assert.strictEqual(digits.length, n);
    for (let at = 0; at < n; at += 97) assert.strictEqual(digits[at], ascii[at] - 48);
  },
  async (n, options) => {
    const digits = await generateBytes(n, options);
    for (let at = 0; at < n; at++) digits[at] += 48;
    assert.ok(ascii.subarray(0, n).equals(digits));
  },
  async (n, options) => assert.ok((await generateString(n, options)) === pi.slice(0, n)),
  async (n, options) => {
    let at = 0;
    for await (const chunk of stream(n, options)) {
      assert.ok(ascii.subarray(at, (at += chunk.length)).equals(chunk));
    }
    assert.strictEqual(at, n);
  },
  // It has no limit of memory.
  async (n, { signal }) =>
    assert.strictEqual(await hexDigits(1 + (n % 900), 16, { signal }), hex.slice(n % 900, (n % 900) + 16)),
];

const counts = { calls: 0, right: 0, aborted: 0 };
const delay = monitorEventLoopDelay({ resolution: 1 });

/** Any order of magnitude is as likely as another. */
const size = () => Math.floor(largest ** Math.random());

async function call() {
  const controller = new AbortController();
  const doomed = Math.random() < 1 / 3;
  const timer = doomed && setTimeout(() => controller.abort(), 500 * Math.random());
  counts.calls++;
  try {
    await kinds[counts.calls % kinds.length](size(), { signal: controller.signal, maxMemory: Infinity });
    counts.right++;
  } catch (error) {
    if (error !== controller.signal.reason) throw error;
    counts.aborted++;
  } finally {
    clearTimeout(timer);
  }
}

const start = performance.now();
const elapsed = () => performance.now() - start;

async function caller() {
  while (elapsed() < seconds * 1000) await call();
}

/** Resident mebibytes over time. */
const memory = [];
const sampler = setInterval(() => memory.push([elapsed(), process.memoryUsage.rss() / 2 ** 20]), 250);
setTimeout(() => delay.enable(), 500);
await Promise.all(Array.from({ length: together }, caller));
delay.disable();
clearInterval(sampler);

const { calls, right, aborted } = counts;
assert.strictEqual(right + aborted, calls);

const settled = memory.filter(([time]) => time > warmUp).map(([, mebibytes]) => mebibytes);
const half = Math.floor(settled.length / 2);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const [early, late] = [mean(settled.slice(0, half)), mean(settled.slice(half))];
console.log(
  JSON.stringify({
    calls,
    right,
    aborted,
    delayP50: delay.percentile(50) / 1e6,
    delayP99: delay.percentile(99) / 1e6,
    delayMax: delay.max / 1e6,
    mebibytes: late,
    growth: late / early - 1,
  }),
);
