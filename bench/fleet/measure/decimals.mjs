// @ts-check
import { limits } from "../simulation/limits.mjs";
import { idle, round, timed } from "./processor.mjs";

/** The processors of a function of 10,240 MB. */
const LARGEST_THREADS = 6;
/** Of which the fastest counts. */
const RUNS = 3;

/**
 * Decimal digits on one thread and on two.
 *
 * @param {typeof import("compute-pi-rs")} pi
 * @param {boolean} largest whether to compute as many digits as the largest function has memory for, too: minutes
 */
export async function decimals({ generateBytes, estimate }, largest) {
  const base = process.memoryUsage().rss;
  const memory = limits.mostMegabytes * 2 ** 20 - base;
  /** @param {number} n */
  const fits = (n) => estimate(n, { threads: LARGEST_THREADS }).memory <= memory;
  let [digits, above] = [1e8, 1e9];
  while (above - digits > 1e6) {
    const middle = Math.floor((digits + above) / 2);
    if (fits(middle)) digits = middle;
    else above = middle;
  }
  const rows = [];
  for (const n of largest ? [digits] : [1e7, 1e8]) {
    for (const threads of largest ? [2] : [1, 2]) {
      const runs = [];
      for (let run = 0; run < (largest ? 1 : RUNS); run += 1) {
        if (!(await idle())) console.log("the machine is busy");
        runs.push(await timed(() => generateBytes(n, { threads, maxMemory: Infinity })));
      }
      const [run] = runs.sort((a, b) => a.seconds - b.seconds);
      if (run === undefined) throw new Error("no run");
      const last = Array.from(run.result.subarray(-20)).join("");
      rows.push({ digits: n, threads, seconds: round(run.seconds), processor: round(run.processor), last });
      console.log(JSON.stringify(rows.at(-1)));
    }
  }
  return { largestDigits: digits, nodeMegabytes: round(base / 2 ** 20, 3), rows };
}
