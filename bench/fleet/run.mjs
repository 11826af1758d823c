// @ts-check
// Measures the cost of far digits and the fleet of examples/fleet-bullmq, simulates that of examples/fleet-stepfunctions
// with it, and draws docs/scale.svg.
//
//   node bench/fleet/run.mjs [--only PART… --draw]   after `npm ci`
//
// --only measures terms, whole, jobs, workers, decimals or largest again, the last only when named: it takes minutes,
// and 11 GB; --draw only simulates and draws.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { today, installFromLockfile } from "@compute-pi-rs/steps";
import { root } from "../../scripts/lib/paths.mjs";

const { values } = parseArgs({
  options: { draw: { type: "boolean" }, only: { type: "string", multiple: true } },
});
const file = fileURLToPath(new URL("results.json", import.meta.url));
const results = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};

if (!values.draw) await measure();
results.coldStart = coldStart();
const { table } = await import("./simulation/table.mjs");
results.simulation = table(results);
writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
const { report } = await import("./report.mjs");
console.log(report(results));
installFromLockfile(join(root, "bench"));
const { draw } = await import("./charts/scale.mjs");
draw(results, join(root, "docs", "scale.svg"));

/** Seconds that Node.js, the SDK's client and the package take to start with a whole CPU, as bench/lambda measured. */
function coldStart() {
  const { cold } = JSON.parse(readFileSync(join(root, "bench", "lambda", "results.json"), "utf8"));
  const { duration } = cold.find((/** @type {any} */ { name }) => name === "compute-pi-rs, CommonJS");
  return duration.median / 1000;
}

async function measure() {
  const binary = join(root, "index.node");
  if (!existsSync(binary) || !existsSync(join(root, "dist", "index.cjs"))) {
    execFileSync("npm", ["run", "build"], { cwd: root, stdio: "inherit" });
  }
  process.env["COMPUTE_PI_RS_BINARY"] = binary;
  const pi = createRequire(import.meta.url)("../../dist/index.cjs");
  const [{ termCosts }, { wholeSums }, { jobTimes }, { workers }, { decimals }] = await Promise.all([
    import("./measure/terms.mjs"),
    import("./measure/whole.mjs"),
    import("./measure/jobs.mjs"),
    import("./measure/workers.mjs"),
    import("./measure/decimals.mjs"),
  ]);
  /** @type {Record<string, () => Promise<unknown>>} */
  const parts = {
    terms: termCosts,
    whole: () => wholeSums(pi),
    jobs: () => jobTimes(pi),
    workers,
    decimals: () => decimals(pi, false),
    largest: () => decimals(pi, true),
  };
  Object.assign(results, { machine: cpus()[0]?.model, date: today(), processors: cpus().length, ...pi.native() });
  for (const [name, part] of Object.entries(parts)) {
    if (!(values.only?.includes(name) ?? name !== "largest")) continue;
    console.log(name);
    results[name] = await part();
    // Measurements are kept, whatever happens next.
    writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  }
}
