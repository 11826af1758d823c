// @ts-check
import { runProgram } from "../../../test/hard/runs/program.mjs";

/** @type {import("../entries.mjs").Entry} */
export const turns = {
  name: "turns",
  claim:
    "For two minutes, ten calls of 10⁷ digits at a time, one of 500,000, and far sums, three more than four times as many as " +
    "there are CPUs: each sum goes on again and again, there are no more threads than twice as many as CPUs and two, and " +
    "`generate(10)` settles within 50 ms at the 99th percentile",
  async run() {
    const { sums, steps, calls, middling, long, p50, p99, threads, cpus } = await runProgram("turns", [120]);
    if (Number(threads) > 2 * Number(cpus) + 2) throw new Error(`${threads} threads on ${cpus} CPUs`);
    if (!(Number(p99) < 50)) throw new Error(`the 99th percentile of generate(10) is ${p99} ms`);
    return (
      `${sums} sums went on at least ${steps} times, ${long} calls of 10⁷ digits and ${middling} of 500,000 ended; ${threads} ` +
      `threads; ${calls} times generate(10): ${Number(p50).toFixed(1)} ms in the median, ${Number(p99).toFixed(1)} ms at the 99th percentile`
    );
  },
};
