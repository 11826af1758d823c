// @ts-check
import { crowdControlGroup } from "../../../test/hard/runs/crowd.mjs";

/** @type {import("../entries.mjs").Entry} */
export const account = {
  name: "account",
  claim:
    "Six calls at a time for two minutes, of 1,000 to 60,000,000 digits in four forms, a fifth aborted at random moments, in a " +
    "control group whose parent may hold 512 MiB: each gives its result or is refused, and the process is never killed",
  async run() {
    const { calls, results, refused, aborted } = await crowdControlGroup(120);
    return `${calls} calls: ${results} right results, ${refused} refused, ${aborted} aborted`;
  },
};
