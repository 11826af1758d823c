// @ts-check
import { sweepAddressSpace } from "../../../test/hard/runs/address-space.mjs";

/** @type {readonly (readonly [string, readonly number[]])[]} */
const calls = [
  ["generate", [30_000]],
  ["generateBytes", [28_500, 300_000, 1_000_000]],
  ["generateString", [100_000]],
  ["verify", [100_000]],
  ["stream", [300_000]],
  ["spigot", [3000]],
  ["hexDigits", [3000]],
  ["hexDigitsPlan", [100_000]],
  ["hexDigitsMerge", [0]],
];

/** `[threads, cpus]`: one thread, the default on a machine with 16 CPUs, and more threads than there are CPUs. */
const threads = [
  [1, 2],
  [0, 16],
  [1024, 64],
];

/** @type {import("../entries.mjs").Entry} */
export const addressSpace = {
  name: "address-space",
  claim:
    "Calls with 0.2 to 100 MB of address space left (`RLIMIT_AS`), one after the other and two at a time, of nine functions, on " +
    "machines of 2 to 64 CPUs: each gives its result or rejects with a code of the README's, and only V8 ever ends the process",
  async run() {
    const cases = calls.flatMap(([name, sizes]) =>
      sizes.flatMap((digits) => threads.map(([threads = 0, cpus = 0]) => ({ name, digits, threads, cpus }))),
    );
    const kilobytes = Array.from({ length: 10 }, (_, step) => Math.round(200 * 500 ** (step / 9)));
    const { results, rejections, v8 } = await sweepAddressSpace(cases, kilobytes);
    return `${results} results, ${rejections} rejections; V8 ended ${v8} of ${cases.length * kilobytes.length} processes`;
  },
};
