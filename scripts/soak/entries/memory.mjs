// @ts-check
import { withManyCpus } from "../../../test/hard/runs/many-cpus.mjs";
import { HEAP_NOISE, runProgram } from "../../../test/hard/runs/program.mjs";

/** Digits by function, and the threads of each; more than the machine has are simulated. @type {readonly (readonly [string, readonly number[], readonly number[]])[]} */
const runs = [
  ["generateBytes", [1000, 30_000, 300_000, 1_000_000, 3_100_000, 10_000_000, 30_000_000], [1, 2, 8, 64]],
  ["generateBytes", [6_000_000], [3, 4, 6]],
  ["generateBytes", [10_000_000, 30_000_000], [16]],
  ["generateBytes", [100_000_000], [1, 2, 64]],
  ["generateString", [30_000, 1_000_000, 10_000_000], [1, 2, 64]],
  ["generateString", [6_000_000], [3, 4, 6]],
  ["generate", [1000, 30_000, 300_000, 1_000_000, 3_100_000, 10_000_000, 20_000_000], [1, 2, 8, 64]],
];

/**
 * How threads meet is chance, and so is a peak: the same call takes up to a third more or less. An estimate is for the worst.
 */
const tries = 8;

/** @type {import("../entries.mjs").Entry} */
export const memory = {
  name: "memory",
  claim:
    "What `estimate` says beside what Linux says that the process took at its peak, for 1,000 to 100,000,000 digits on " +
    "1 to 64 threads: never less, and at most 25 % and 4 MiB more than the highest peak of as many as eight runs; the tests " +
    "hold it against what is allocated",
  run() {
    return withManyCpus(async (environment) => {
      const ratios = [];
      for (const [name, sizes, counts] of runs) {
        for (const n of sizes) {
          for (const threads of counts) {
            const ratio = await compare(name, n, threads, environment(threads));
            if (n >= 1_000_000) ratios.push(ratio);
          }
        }
      }
      const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
      return `from ${least} to ${most} times the peak in ${ratios.length} runs of a million digits and more`;
    });
  },
};

/**
 * Runs a call until its highest peak is as near to its estimate as is promised.
 *
 * @param {string} name of the function
 * @param {number} n
 * @param {number} threads
 * @param {Record<string, string>} env
 * @returns {Promise<number>} the estimate's share of that peak
 */
async function compare(name, n, threads, env) {
  let highest = 0;
  for (let run = 1; run <= tries; run++) {
    const { peak = 0, estimate = 0 } = await runProgram("memory", [name, n, threads], { env });
    const ratio = estimate / peak;
    console.log(`${name}(${n}), ${threads} threads: ${peak} bytes, estimate ${ratio.toFixed(3)} times that`);
    if (ratio < 1) break;
    highest = Math.max(highest, peak);
    if (estimate <= 1.25 * highest + HEAP_NOISE) return estimate / highest;
  }
  throw new Error(`${name}(${n}), ${threads} threads: the estimate is too far from the peak`);
}
