// @ts-check
/**
 * Checks what builds and ships: the licences, duplicates and sources of the crates, by crate/deny.toml (cargo-deny), and
 * the advisories for the packages that npm installs with this one.
 *
 * usage: npm run check:dependencies [-- --advisories]   with those for the crates, which come from GitHub
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { toolchainDirectory } from "../binaries/toolchain.mjs";
import { root } from "../lib/paths.mjs";
import { run, runOrThrow } from "../lib/run.mjs";

const version = "0.20.2";

/** @returns {Promise<string>} the program's path: fetched from crates.io at a pinned version, unless it is there */
async function cargoDeny() {
  const home = join(toolchainDirectory, `cargo-deny-${version}`);
  const command = join(home, "bin", "cargo-deny");
  if (!existsSync(command)) {
    const flags = ["--version", version, "--locked", "--root", home];
    await runOrThrow("cargo", ["install", "cargo-deny", ...flags], { cwd: root, echo: true });
  }
  return command;
}

let [passed, failed, skipped] = [0, 0, 0];

const checks = ["bans", "licenses", "sources", ...(process.argv.includes("--advisories") ? ["advisories"] : [])];
const flags = ["--manifest-path", "crate/Cargo.toml", "--locked", "check", ...checks];
const denied = await run(await cargoDeny(), flags, { cwd: root, echo: true });
if (denied.code === 0) passed += 1;
else failed += 1;

const audit = await run("npm", ["audit", "--omit=dev", "--json"], { cwd: root });
/** @type {unknown} */
const report = JSON.parse(audit.stdout || "{}");
if (audit.code === 0) {
  passed += 1;
} else if (typeof report === "object" && report !== null && "vulnerabilities" in report) {
  console.error(audit.stdout);
  failed += 1;
} else {
  console.log(`skipped: npm audit, which the registry does not answer\n${audit.stderr}`);
  skipped += 1;
}

console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
