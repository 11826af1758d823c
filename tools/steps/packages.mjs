// @ts-check
import { createHash } from "node:crypto";
import { cpSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { madeOnce } from "./lock.mjs";
import { runOrThrow } from "./run.mjs";

/** Where tools are kept between runs and for every checkout. Everything there has its version in its name. */
export const cacheDirectory = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "compute-pi-rs");

/**
 * Where {@link npmPackages} brings what a folder's lockfile names.
 *
 * @param {string} name
 * @param {string} folder with a `package.json` and its lockfile
 */
export function npmDirectory(name, folder) {
  return join(cacheDirectory, `${name}-${digest(readFileSync(join(folder, "package-lock.json")))}`);
}

/**
 * The packages of a lockfile from npm. No install script runs: every tool ships as files.
 *
 * @param {string} name
 * @param {string} folder with a `package.json` and its lockfile
 * @returns {Promise<string>} the folder with their `node_modules`
 */
export function npmPackages(name, folder) {
  return madeOnce(npmDirectory(name, folder), async (directory) => {
    console.error(`npm brings the programs of ${join(folder, "package.json")}, once`);
    for (const file of ["package.json", "package-lock.json"]) cpSync(join(folder, file), join(directory, file));
    await runOrThrow("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: directory });
  });
}

/** @param {string | Uint8Array} text */
export function digest(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
