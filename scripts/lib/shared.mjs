// @ts-check
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { madeOnce } from "@compute-pi-rs/steps";
import { root } from "./paths.mjs";

/** Names the folder to the processes of a run of checks. */
const variable = "COMPUTE_PI_RS_SHARED";

/**
 * A folder for what the processes of a run share, which goes when this process ends. It says whose it is: a checkout that is
 * made and tested meanwhile has other sources.
 *
 * @returns {NodeJS.ProcessEnv} what to add to their environment
 */
export function sharingEnvironment() {
  const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-shared-"));
  writeFileSync(join(directory, "checkout"), root);
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  return { [variable]: directory };
}

/** @type {string | undefined} */
let base;

function baseDirectory() {
  const given = process.env[variable];
  const owner = given === undefined ? "" : join(given, "checkout");
  if (given !== undefined && existsSync(owner) && readFileSync(owner, "utf8") === root) return given;
  return String(sharingEnvironment()[variable]);
}

/**
 * A folder that several checks of a run need, such as packed packages, made by the one that asks first. Nothing outlives the run, or
 * the process where there is no run: the next may have other sources.
 *
 * @param {string} name
 * @param {(directory: string) => Promise<void>} make fills the folder, which is empty then
 * @returns {Promise<string>} the folder, which nobody may change
 */
export function shared(name, make) {
  base ??= baseDirectory();
  return madeOnce(join(base, name), make);
}
