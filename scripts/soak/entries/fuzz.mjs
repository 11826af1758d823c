// @ts-check
import { runProgram } from "../program.mjs";

/** @type {import("../entries.mjs").Entry} */
export const fuzz = {
  name: "fuzz",
  claim:
    "Every exported function is called 100,000 times with anything that JavaScript can make: no crash, hang or unhandled " +
    "rejection, and no synchronous throw in place of a rejection",
  async run() {
    const { cases, rejected, thrown, resolved, seed } = await runProgram("fuzz", [100_000]);
    return `${cases} cases: ${resolved} right results, ${rejected} rejections, ${thrown} throws; seed ${seed}`;
  },
};
