// @ts-check
import { HEAP_NOISE, runProgram } from "../program.mjs";

/** @type {readonly (readonly [string, readonly number[]])[]} */
const sizes = [
  ["generateBytes", [1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000]],
  ["generateString", [1_000_000, 10_000_000]],
  ["generate", [1_000_000, 10_000_000, 20_000_000]],
];

/** @type {import("../entries.mjs").Entry} */
export const memory = {
  name: "memory",
  claim:
    "What `estimate` says beside what Linux says that the process took at its peak, for 1,000,000 to 100,000,000 digits on " +
    "one and two threads: never less, and at most 25 % and the 4 MiB more that heaps hold by chance; from 1,000 digits on the " +
    "tests hold it against what is allocated",
  async run() {
    const ratios = [];
    for (const [name, digits] of sizes) {
      for (const n of digits) {
        for (const threads of [1, 2]) {
          const { peak, estimate } = await runProgram("memory", [name, n, threads]);
          const ratio = Number(estimate) / Number(peak);
          console.log(`${name}(${n}), ${threads} threads: ${peak} bytes, estimate ${ratio.toFixed(3)} times that`);
          if (ratio < 1 || Number(estimate) > 1.25 * Number(peak) + HEAP_NOISE)
            throw new Error(`the estimate is ${ratio} of the peak`);
          ratios.push(ratio);
        }
      }
    }
    return `from ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} times the peak in ${ratios.length} runs`;
  },
};
