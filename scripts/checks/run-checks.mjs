// @ts-check
import { sharingEnvironment } from "../lib/shared.mjs";
import { describe, nothing } from "./counts.mjs";
import { installPackages, missingPackages } from "@compute-pi-rs/pinned-tools";
import { runInLanes } from "./lanes.mjs";
import { closingReport } from "./report.mjs";
import { endRunningChecks, runCheck } from "./run-check.mjs";
import { nightlyMissing } from "./toolchains.mjs";

/** @typedef {import("./list.mjs").Check} Check */
/** @typedef {import("./report.mjs").Row} Row */

/**
 * Runs every check, also after one has failed, and prints the output of each in a block when it has ended, then the report.
 *
 * @param {readonly Check[]} checks
 * @returns {Promise<boolean>} whether nothing failed
 */
export async function runChecks(checks) {
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  /** @type {Row[]} */
  const rows = [];
  const env = sharingEnvironment();
  // A build that is never repeated need not be incremental.
  if (process.env.CI !== undefined) env.CARGO_INCREMENTAL = "0";
  const lacking = requirements(checks);
  process.on("exit", endRunningChecks);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(signal, () => {
      const counts = { ...nothing(), failed: 1 };
      rows.push({ name: `ended by ${signal}`, counts, output: "", seconds: since(), processor: undefined });
      console.log(`\n${closingReport(rows, since())}`);
      process.exit(1);
    });
  }

  // One check alone shows its output while it comes.
  const show = checks.length === 1;
  await runInLanes(checks, async (check) => {
    const failed = (check.needs ?? []).find((name) => rows.some((row) => row.name === name && row.counts.passed === 0));
    const reason = failed !== undefined ? `${failed} did not pass` : await lacking(check);
    if (reason !== undefined) {
      console.log(`\n── ${check.name}: skipped: ${reason}`);
      rows.push({ name: check.name, counts: skipped(reason), output: "", seconds: 0, processor: undefined });
      return;
    }
    console.log(`${show ? "\n── " : "   "}${check.name} begins after ${since().toFixed(0)} s: ${check.run.join(" ")}`);
    const outcome = await runCheck(check, { env, show });
    rows.push({ name: check.name, ...outcome });
    const told = `${describe(outcome.counts)}, ${outcome.seconds.toFixed(1)} s`;
    console.log(
      `${show ? "" : `\n── ${check.name}: ${check.run.join(" ")}\n${outcome.output.trimEnd()}\n`}── ${check.name}: ${told}\n`,
    );
  });
  console.log(`\n${closingReport(rows, since())}`);
  return rows.every(({ counts }) => counts.failed === 0);
}

/** @param {string} reason */
const skipped = (reason) => ({ ...nothing(), skipped: 1, reasons: [reason] });

/**
 * Begins to install what any of the checks needs, all at once.
 *
 * @param {readonly Check[]} checks
 * @returns {(check: Check) => Promise<string | undefined>} why a check cannot be done
 */
function requirements(checks) {
  const packages = [...new Set(checks.flatMap(packagesOf))];
  const together = installPackages(packages);
  /** @type {Map<string, Promise<string | undefined>>} */
  const toolchains = new Map();
  // One rustup at a time.
  let rustup = Promise.resolve();
  for (const kind of new Set(checks.flatMap(({ toolchain }) => toolchain ?? []))) {
    const installed = rustup.then(() => nightlyMissing(kind));
    rustup = installed.then(() => {});
    toolchains.set(kind, installed);
  }
  return async (check) => {
    const own = packagesOf(check);
    if ((await missingPackages(own)).length > 0) {
      // Where not all can be had, perhaps its own can.
      const lacking = (await together) && (await installPackages(own));
      if (lacking !== undefined) return lacking;
    }
    return toolchains.get(check.toolchain ?? "");
  };
}

/** @param {Check} check */
function packagesOf({ packages = [], foreignPackages = [] }) {
  return process.arch === "x64" ? [...packages, ...foreignPackages] : packages;
}
