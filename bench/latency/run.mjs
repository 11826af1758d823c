// @ts-check
/**
 * How soon a short call settles, in microseconds from the call on: the distribution of calls one after the other, and
 * the load of the binary and the first call of fresh processes beside the best later one; and in milliseconds, what calls of
 * 10 and of 100,000 digits take alone, and behind calls that keep all CPUs busy for seconds and for days.
 *
 * usage: npm run bench:latency [-- DIGITS], after `npm run build`
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

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

/** @param {number[]} times @param {number} quantile */
function statistic(times, quantile) {
  return times.toSorted((a, b) => a - b)[Math.floor(quantile * (times.length - 1))].toFixed(0);
}

const start = performance.now();
native();
const load = 1000 * (performance.now() - start);
const first = await time();
const later = [];
for (let call = 0; call < CALLS; call++) later.push(await time());

if (process.argv[3] === "first") {
  console.log(JSON.stringify([load, first - Math.min(...later)]));
} else {
  const row = [0, 0.1, 0.5, 0.9, 0.99].map((quantile) => statistic(later, quantile)).join(", ");
  console.log(`generate(${digits}), µs: least, 10 %, median, 90 %, 99 % of ${CALLS} calls: ${row}`);
  const processes = Array.from({ length: PROCESSES }, () =>
    JSON.parse(spawnSync(process.execPath, [script, String(digits), "first"]).stdout.toString()),
  );
  const of = (/** @type {number} */ index) => {
    const times = processes.map((added) => added[index]);
    return `${statistic(times, 0)}, median ${statistic(times, 0.5)}`;
  };
  console.log(`in a fresh process, the load of the binary takes: ${of(0)}; its first call takes longer by: ${of(1)}`);
  for (const load of Object.keys(loads)) {
    for (const digits of [10, 100_000]) {
      const beside = await timesBeside(pi, digits, BESIDE, load, PAUSE);
      const of = (/** @type {number} */ quantile) =>
        beside.toSorted((a, b) => a - b)[Math.floor(quantile * (beside.length - 1))]?.toFixed(2);
      console.log(
        `generate(${digits}) ${load}, ms: median ${of(0.5)}, 99 % ${of(0.99)}, most ${of(1)} of ${BESIDE} calls`,
      );
    }
  }
}
