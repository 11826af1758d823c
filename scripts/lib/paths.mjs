// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The addon's manifest. */
export const addonManifest = join(root, "crate", "addon", "Cargo.toml");

/**
 * @typedef {object} Manifest the parts of a package.json that the scripts read
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {string} [description]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [engines]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {string[]} [files]
 * @property {string} [main]
 * @property {Record<string, string>} [bin]
 * @property {string} [license]
 * @property {boolean} [preferUnplugged]
 * @property {{ type: string, url: string, directory?: string }} [repository]
 * @property {{ access?: string, provenance?: boolean }} [publishConfig]
 * @property {{ org?: string, platforms?: Record<string, string>, rust?: string, node?: string, os?: string, arch?: string, abi?: string | null }} [neon]
 */

/**
 * @param {string} directory
 * @returns {Manifest}
 */
export function readManifest(directory) {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
}

/**
 * The platforms that have a package, as `package.json` lists them for @neon-rs/cli: node platform to Rust target.
 *
 * @returns {Record<string, string>}
 */
export function platformTargets() {
  return readManifest(root).neon?.platforms ?? {};
}
