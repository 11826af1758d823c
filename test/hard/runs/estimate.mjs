// @ts-check
import { runProgram } from "./program.mjs";

/** The bytes that heaps hold by chance beside the peak that `estimate` tells, in bytes. */
const HEAP_NOISE = 4 * 2 ** 20;

/**
 * How threads meet is chance, and so is a peak: the same call takes up to a third more or less. An estimate is for the worst.
 */
const tries = 8;

/**
 * Runs a call until its highest peak is as near to its estimate as is promised: at most 25 % and a few megabytes below.
 *
 * @param {string} name of the function
 * @param {number} n
 * @param {number} threads
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} the estimate's share of that peak
 * @throws if one of the peaks is above the estimate, or none is near it
 */
export async function compareEstimate(name, n, threads, env = {}) {
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
