// @ts-check
/**
 * How soon a short call settles, in microseconds from the call on: the distribution of calls one after the other, and
 * the load of the binary and the first call of fresh processes beside the best later one; and in milliseconds, what calls of
 * 10 and of 100,000 digits take alone, and behind calls that keep all CPUs busy for seconds and for days. Writes them to
 * results.json, which docs/performance.md quotes.
 *
 * usage: npm run bench:latency [DIGITS], after `npm run build`
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";

import { today } from "@compute-pi-rs/steps";

import { loads, timesBeside } from "./beside.mjs";

const CALLS = 5000;
const PROCESSES = 25;
/** Calls beside each load, and the milliseconds between them. */
const BESIDE = 300;
const PAUSE = 10;

const script = fileURLToPath(import.meta.url);
const digits = Number(process.argv[2] ?? 100);
process.env.COMPUTE_PI_RS_BINARY ??= fileURLToPath(new URL("../../index.node", import.meta.url));
const pi = createRequire(import.meta.url)("../../dist/index.cjs");
const { generate, native } = pi;

async function time() {
  const start = performance.now();
  await generate(digits);
  return 1000 * (performance.now() - start);
}

/** @param {number[]} times */
function distribution(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ quantile) =>
    Number((sorted[Math.floor(quantile * (sorted.length - 1))] ?? NaN).toPrecision(3));
  return { least: at(0), median: at(0.5), p90: at(0.9), p99: at(0.99), most: at(1) };
}

const start = performance.now();
const { simd } = native();
const load = 1000 * (performance.now() - start);
const first = await time();
const later = [];
for (let call = 0; call < CALLS; call++) later.push(await time());

if (process.argv[3] === "first") {
  console.log(JSON.stringify([load, first - Math.min(...later)]));
} else {
  const processes = Array.from({ length: PROCESSES }, () =>
    JSON.parse(spawnSync(process.execPath, [script, String(digits), "first"]).stdout.toString()),
  );
  const of = (/** @type {number} */ index) => distribution(processes.map((added) => added[index]));
  /** @type {Record<string, Record<string, ReturnType<typeof distribution>>>} */
  const beside = {};
  for (const load of Object.keys(loads)) {
    beside[load] = {};
    for (const digits of [10, 100_000]) {
      beside[load][digits] = distribution(await timesBeside(pi, digits, BESIDE, load, PAUSE));
    }
  }
  const results = {
    machine: `${cpus()[0]?.model}, ${simd}, ${cpus().length} CPUs`,
    node: process.version,
    date: today(),
    digits,
    calls: CALLS,
    callsBeside: BESIDE,
    microseconds: { call: distribution(later), load: of(0), first: of(1) },
    millisecondsBeside: beside,
  };
  console.dir(results, { depth: null });
  writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
}
