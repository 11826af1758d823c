// @ts-check
// Measures the functions of examples/lambda as Lambda runs them, and draws docs/lambda-*.svg.
//
//   npm run bench:lambda [-- --reuse --only PART… --rounds N --draw]
//
// --reuse takes the zip files that are there; --only measures warm, calls, cold, traces, largest or pays again, the last in so
// many --rounds; --draw only draws.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { today, installFromLockfile } from "@compute-pi-rs/steps";
import { ControlGroup } from "@compute-pi-rs/lambda-emulator";
import { packageFunctions } from "../../scripts/lambda/package/package.mjs";
import { coldStarts } from "./measure/cold.mjs";
import { native } from "./measure/functions.mjs";
import { largestAnswers } from "./measure/largest.mjs";
import { pays } from "./measure/pays.mjs";
import { callTimes } from "./measure/sizes.mjs";
import { trace } from "./measure/trace.mjs";
import { calibrate, warmRuns } from "./measure/warm.mjs";
import { report, reportPays } from "./report.mjs";

const { values } = parseArgs({
  options: {
    reuse: { type: "boolean" },
    draw: { type: "boolean" },
    only: { type: "string", multiple: true },
    rounds: { type: "string", default: "10" },
  },
});
const file = fileURLToPath(new URL("results.json", import.meta.url));
/** By itself, since it is long and may be from another day. */
const paysFile = fileURLToPath(new URL("pays.json", import.meta.url));

if (!values.draw) {
  if (!values.reuse) await packageFunctions();
  const problem = ControlGroup.problem();
  if (problem !== undefined) console.warn(`no limits, so that durations are not Lambda's: ${problem}`);
  const limits = problem === undefined;
  if (values.only?.includes("pays") ?? true) write(paysFile, await pays(Number(values.rounds), limits));
  const known = values.only ? JSON.parse(readFileSync(file, "utf8")) : {};
  if (values.only?.some((part) => part !== "pays") ?? true) write(file, await measure(known, limits));
}
const results = JSON.parse(readFileSync(file, "utf8"));
const paid = JSON.parse(readFileSync(paysFile, "utf8"));
console.log(report(results));
console.log(reportPays(paid));
installFromLockfile(fileURLToPath(new URL("..", import.meta.url)));
const { draw } = await import("./charts/draw.mjs");
draw(results, paid, fileURLToPath(new URL("../../docs", import.meta.url)));

/** @param {string} path @param {object} measured */
function write(path, measured) {
  writeFileSync(path, `${JSON.stringify(measured, null, 2)}\n`);
}

/**
 * @param {Record<string, unknown>} known what was measured before, when only a part is to be measured again
 * @param {boolean} limits
 */
async function measure(known, limits) {
  const digits = Number(known.digits ?? (await calibrate()));
  console.log(`${digits} digits take plain Node.js about 5 s with 128 MB`);
  /** @type {Record<string, () => Promise<unknown>>} */
  const parts = {
    // An x86-64 machine emulates the other architecture.
    warm: async () => [
      ...(await warmRuns(digits, native, limits)),
      ...(native === "x86_64" ? await warmRuns(digits, "arm64", false) : []),
    ],
    calls: () => callTimes([digits]),
    cold: () => coldStarts(15),
    traces: async () => [await trace(digits, limits), await trace(100_000, limits)],
    largest: async () => (limits ? [await largestAnswers("commonjs"), await largestAnswers("esm")] : []),
  };
  const results = { ...known, machine: cpus()[0]?.model, date: today(), native, limits, digits };
  for (const [name, part] of Object.entries(parts)) {
    if (values.only?.includes(name) ?? true) Object.assign(results, { [name]: await part() });
  }
  return results;
}
