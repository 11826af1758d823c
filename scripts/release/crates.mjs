// @ts-check
// The crates that the addon is built of, as cargo knows them.
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";

/**
 * @typedef {object} Crate
 * @property {string} id
 * @property {string} name
 * @property {string} version
 * @property {string | null} license as an SPDX expression
 * @property {string[]} authors
 * @property {string | null} source where it comes from; nothing for a crate of this project
 * @property {string} manifest_path
 * @property {{ kind: string[] }[]} targets
 *
 * @typedef {object} Metadata as `cargo metadata` prints it
 * @property {Crate[]} packages
 * @property {{ nodes: { id: string, deps: { pkg: string, dep_kinds: { kind: string | null }[] }[] }[] }} resolve
 */

/** The addon's manifest. */
export const addonManifest = join(root, "crate", "addon", "Cargo.toml");

/** @type {Promise<Metadata> | undefined} */
let known;

/** @returns {Promise<Metadata>} every crate that cargo knows here, and what needs what */
export function crateMetadata() {
  const args = ["metadata", "--format-version=1", "--locked", "--manifest-path", addonManifest];
  known ??= runOrThrow("cargo", args, { cwd: root }).then(({ stdout }) => JSON.parse(stdout));
  return known;
}
