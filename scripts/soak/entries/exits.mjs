// @ts-check
import { runProgram } from "../../../test/hard/runs/program.mjs";

/** @type {import("../entries.mjs").Entry} */
export const exits = {
  name: "exits",
  claim: "200 processes exit while 30 calls are at work: each by its exit code, none by a signal",
  async run() {
    const { processes } = await runProgram("exits", [200]);
    return `${processes} exits`;
  },
};
