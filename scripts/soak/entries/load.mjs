// @ts-check
import { runProgram } from "../../../test/hard/runs/program.mjs";

/** @type {import("../entries.mjs").Entry} */
export const load = {
  name: "load",
  claim:
    "1,000 calls at a time for five minutes, of 1 to 100,000 digits in five forms, a third aborted at random moments: each " +
    "settles once, its digits are right, the event loop's delay has a 99th percentile under 20 ms, and memory is flat after the " +
    "first minute",
  async run() {
    /** @type {Record<"calls" | "right" | "aborted" | "delayP50" | "delayP99" | "mebibytes" | "growth", number>} */
    const { calls, right, aborted, delayP50, delayP99, mebibytes, growth } = await runProgram("load", [300]);
    if (!(delayP99 < 20)) throw new Error(`the 99th percentile of the delay is ${delayP99} ms`);
    if (!(growth < 0.05)) throw new Error(`memory grew by ${100 * growth} %`);
    return (
      `${calls} calls: ${right} right results, ${aborted} aborts; delay ${delayP50.toFixed(1)} ms in the median, ` +
      `${delayP99.toFixed(1)} ms at the 99th percentile; ${mebibytes.toFixed(0)} MiB, ${(100 * growth).toFixed(1)} % more ` +
      "in the second half"
    );
  },
};
