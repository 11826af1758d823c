// @ts-check
import { join } from "node:path";
import { examples } from "../../../scripts/lambda/package/functions.mjs";
import { deploy, deployOwn } from "./functions.mjs";

/** The plain spigot takes seconds beyond. */
const largestSpigot = 10_000;

const sizes = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000];

/**
 * Processor time of single calls, and of whole warm invocations of `app.js`, against the number of digits.
 *
 * @param {readonly number[]} [further] sizes
 */
export async function callTimes(further = []) {
  const deployed = await deployOwn("sizes.mjs", { beside: "esm", files: [join(examples, "plain.mjs")] });
  const whole = await deploy("commonjs");
  const rows = [];
  for (const digits of [...sizes, ...further].sort((a, b) => a - b)) {
    const groups = [
      ["engine", "engineBytes"],
      ...(digits <= largestSpigot ? [["spigot", "spigotBytes"], ["plain"]] : []),
    ];
    /** @type {Record<string, number>} */
    const times = {};
    for (const names of groups) {
      const { payload, error } = await deployed.invoke({ digits, names, milliseconds: 1500 });
      if (error) throw new Error(error.errorMessage);
      Object.assign(times, payload);
    }
    const invocations = [];
    for (let run = 0; run < 9; run++) invocations.push((await whole.invoke({ digits })).processorTime.invoke);
    rows.push({ digits, ...times, invocation: Math.min(...invocations) });
  }
  await whole.remove();
  await deployed.remove();
  return rows;
}
