// @ts-check
import { fuzz, targets } from "../../native/fuzz.mjs";

const minutes = 3;

/** @type {import("../entries.mjs").Entry} */
export const arithmetic = {
  name: "arithmetic",
  claim:
    "Products, quotients, roots and conversions of numbers that libFuzzer makes, on every instruction set, agree with num-bigint, under AddressSanitizer",
  async run() {
    const tried = [];
    for (const target of targets) tried.push(`${target.replace("_", " ")} ${await fuzz(target, minutes * 60)}`);
    return `inputs: ${tried.join(", ")}`;
  },
};
