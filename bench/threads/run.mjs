// @ts-check
/**
 * The time of `generateBytes` with ever more threads asked for, one call of each in turn: a call uses as many as its work and the
 * machine can feed, and is never slower than with fewer. A row has the median time of each, against that of one thread.
 *
 * usage: node bench/threads/run.mjs [ROUNDS [DIGITS…]], after `npm run build`
 */
import { performance } from "node:perf_hooks";
import { generateBytes } from "../../dist/index.js";
import { median } from "../lambda/measure/statistics.mjs";

const [rounds = 15, ...given] = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [1000, 10_000, 28_500, 57_000, 100_000, 300_000, 1_000_000, 3_000_000];
const counts = [1, 2, 3, 4, 8, 16, 64, 129, 256, 1024];

/** @param {number} digits @param {number} threads */
async function time(digits, threads) {
  const start = performance.now();
  await generateBytes(digits, { threads });
  return performance.now() - start;
}

console.log(
  `${"digits".padStart(9)}  1 thread  ${counts
    .slice(1)
    .map((count) => `${count}`.padStart(6))
    .join("")}`,
);
for (const digits of sizes) {
  /** @type {number[][]} */
  const times = counts.map(() => []);
  // Short calls take as long as others disturb them: more of them.
  const turns = rounds * Math.max(1, Math.round(300_000 / digits));
  for (let round = 0; round < turns; round++) {
    for (const [index, threads] of counts.entries()) {
      times[index]?.push(await time(digits, threads));
    }
  }
  const medians = times.map(median);
  const [one = NaN] = medians;
  const ratios = medians.slice(1).map((milliseconds) => (milliseconds / one).toFixed(2).padStart(6));
  console.log(`${String(digits).padStart(9)}  ${one.toFixed(2).padStart(6)} ms ${ratios.join("")}`);
}
