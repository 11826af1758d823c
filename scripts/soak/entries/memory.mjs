// @ts-check
import { compareEstimate } from "../../../test/hard/runs/estimate.mjs";
import { withManyCpus } from "../../../test/hard/runs/many-cpus.mjs";

/** Digits by function, and the threads of each; more than the machine has are simulated. @type {readonly (readonly [string, readonly number[], readonly number[]])[]} */
const runs = [
  ["generateBytes", [1000, 30_000, 300_000, 1_000_000, 3_100_000, 10_000_000, 30_000_000], [1, 2, 8, 64]],
  ["generateBytes", [6_000_000], [3, 4, 6]],
  ["generateBytes", [8_000_000, 10_000_000], [12, 24, 32, 48]],
  ["generateBytes", [10_000_000, 30_000_000], [16]],
  ["generateBytes", [14_000_000, 20_000_000], [12, 16, 24, 32, 48, 64]],
  ["generateBytes", [15_000_000, 17_000_000], [32]],
  ["generateBytes", [100_000_000], [1, 2, 64]],
  ["generateString", [30_000, 1_000_000, 10_000_000], [1, 2, 64]],
  ["generateString", [6_000_000], [3, 4, 6]],
  ["generate", [1000, 30_000, 300_000, 1_000_000, 3_100_000, 10_000_000, 20_000_000], [1, 2, 8, 64]],
];

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
            const ratio = await compareEstimate(name, n, threads, environment(threads));
            if (n >= 1_000_000) ratios.push(ratio);
          }
        }
      }
      const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
      return `from ${least} to ${most} times the peak in ${ratios.length} runs of a million digits and more`;
    });
  },
};
