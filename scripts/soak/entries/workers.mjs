// @ts-check
import { runProgram } from "../../../test/hard/runs/program.mjs";

/** @type {import("../entries.mjs").Entry} */
export const workers = {
  name: "workers",
  claim:
    "500 worker threads, ten at a time, compute and end, exit in the middle of six calls, or are terminated in it: the " +
    "process goes on",
  async run() {
    const { finished, exited, terminated } = await runProgram("workers", [500]);
    return `${finished} ended, ${exited} exited, ${terminated} were terminated`;
  },
};
