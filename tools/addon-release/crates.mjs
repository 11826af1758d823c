// @ts-check
// The crates that an addon is built of, as cargo knows them.
import { dirname } from "node:path";
import { runOrThrow } from "@compute-pi-rs/steps";

/**
 * @typedef {object} Crate
 * @property {string} id
 * @property {string} name
 * @property {string} version
 * @property {string | null} license as an SPDX expression
 * @property {string[]} authors
 * @property {string | null} source where it comes from; nothing for a crate of the project
 * @property {string} manifest_path
 * @property {{ kind: string[] }[]} targets
 *
 * @typedef {object} Metadata as `cargo metadata` prints it
 * @property {Crate[]} packages
 * @property {{ nodes: { id: string, deps: { pkg: string, dep_kinds: { kind: string | null }[] }[] }[] }} resolve
 */

/** @type {Map<string, Promise<Metadata>>} */
const known = new Map();

/**
 * @param {string} manifest the addon's Cargo.toml
 * @returns {Promise<Metadata>} every crate that cargo knows there, and what needs what
 */
export function crateMetadata(manifest) {
  const args = ["metadata", "--format-version=1", "--locked", "--manifest-path", manifest];
  const metadata =
    known.get(manifest) ??
    runOrThrow("cargo", args, { cwd: dirname(manifest) }).then(({ stdout }) => JSON.parse(stdout));
  known.set(manifest, metadata);
  return metadata;
}

/**
 * @param {string} manifest the addon's Cargo.toml
 * @param {string} target of Rust
 * @returns {Promise<Crate[]>} the crates of others that the addon's binary for it is linked with, sorted
 */
export async function linkedCrates(manifest, target) {
  // Macros work at compile time and are in no binary.
  const choice = ["--edges", "normal,no-proc-macro", "--target", target];
  const format = ["--prefix", "none", "--format", "{p}"];
  const args = ["tree", "--locked", "--manifest-path", manifest, ...choice, ...format];
  const { stdout } = await runOrThrow("cargo", args, { cwd: dirname(manifest) });
  const named = new Set(stdout.split("\n").map((line) => line.split(" ").slice(0, 2).join(" ")));
  return (await crateMetadata(manifest)).packages
    .filter(({ name, version, source }) => source !== null && named.has(`${name} v${version}`))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}
