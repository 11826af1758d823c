// @ts-check
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { pack, packInstalled as packFrom, packPlatform as packBinary } from "@compute-pi-rs/addon-release";
import { addonManifest, platformTargets, root } from "../lib/paths.mjs";
import { shared } from "../lib/shared.mjs";
import { buildModules } from "../wasm/build.mjs";
import { digest } from "@compute-pi-rs/steps";

/** @typedef {import("@compute-pi-rs/addon-release").Packed} Packed */

/**
 * `npm pack` on the main package, with its prepack script: the manifest gets its optional dependencies there. It happens in
 * a copy, so that nobody sees the tree change, and once in a run of the checks.
 *
 * @param {string} destination an existing folder
 * @returns {Promise<Packed>}
 */
export async function packMain(destination) {
  const folder = await shared("packed-main", async (folder) => {
    await buildModules(false);
    const staged = mkdtempSync(join(folder, "main-"));
    cpSync(root, staged, { recursive: true, filter: (path) => !unpacked.has(relative(root, path)) });
    symlinkSync(join(root, "node_modules"), join(staged, "node_modules"));
    keep(folder, [await pack(staged, folder)]);
    rmSync(staged, { recursive: true });
  });
  return copied(folder, destination)[0];
}

/** The files that no package is made of. */
const unpacked = new Set([
  ...[".git", ".toolchain", "bench", "crate", "docs", "examples", "index.node", "node_modules", "site", "test"],
  join("scripts", "site", "node_modules"),
]);

/**
 * Packs a platform package with a given binary, once in a run for each.
 *
 * @param {string} platform such as `linux-x64-gnu`
 * @param {string} binary the path of the addon
 * @param {string} destination an existing folder
 * @returns {Promise<Packed>}
 */
export async function packPlatform(platform, binary, destination) {
  const folder = await shared(`packed-${platform}-${digest(readFileSync(binary))}`, async (folder) => {
    const parts = { folder: join(root, "platforms", platform), binary, target: platformTargets()[platform] ?? "" };
    keep(folder, [await packBinary({ ...parts, manifest: addonManifest }, folder)]);
  });
  return copied(folder, destination)[0];
}

/**
 * Packs installed packages and all that they depend on, for a registry that has no uplink.
 *
 * @param {readonly string[]} names
 * @param {string} destination an existing folder
 * @returns {Promise<Packed[]>} dependencies first
 */
export async function packInstalled(names, destination) {
  const folder = await shared(`packed-${digest(names.join(" "))}`, async (folder) => {
    keep(folder, await packFrom(root, names, folder));
  });
  return copied(folder, destination);
}

/**
 * Writes down what was packed into a folder.
 *
 * @param {string} folder
 * @param {Packed[]} packed
 */
function keep(folder, packed) {
  writeFileSync(join(folder, "packed.json"), JSON.stringify(packed));
}

/**
 * Copies what {@link keep} has written down.
 *
 * @param {string} folder
 * @param {string} destination
 * @returns {[Packed, ...Packed[]]}
 */
function copied(folder, destination) {
  mkdirSync(destination, { recursive: true });
  /** @type {[Packed, ...Packed[]]} */
  const packed = JSON.parse(readFileSync(join(folder, "packed.json"), "utf8"));
  for (const each of packed) {
    const copy = join(resolve(destination), basename(each.tarball));
    copyFileSync(each.tarball, copy);
    each.tarball = copy;
  }
  return packed;
}
