// @ts-check
import { runProgram } from "../../../test/hard/runs/program.mjs";

const CALLS = 100_000;

/** @type {import("../entries.mjs").Entry} */
export const fuzz = {
  name: "fuzz",
  claim:
    `${CALLS.toLocaleString("en-US")} calls, spread over every exported function, with anything that JavaScript can ` +
    "make: no crash, hang or unhandled rejection, and no synchronous throw in place of a rejection",
  async run() {
    /** @type {Record<"cases" | "rejected" | "thrown" | "resolved" | "streamed" | "returned" | "seed", number>} */
    const { cases, rejected, thrown, resolved, streamed, returned, seed } = await runProgram("fuzz", [CALLS]);
    const counted = rejected + thrown + resolved + streamed + returned;
    if (counted !== cases) throw new Error(`${cases} calls, of which ${counted} are accounted for`);
    return `${cases} cases: ${resolved} promises with right results, ${rejected} rejections, ${streamed} streams read or destroyed, ${returned} plain answers, ${thrown} throws; seed ${seed}`;
  },
};
