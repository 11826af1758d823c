// @ts-check
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { readManifest, root } from "../lib/paths.mjs";
import { runOrThrow } from "../lib/run.mjs";

/**
 * @typedef {object} Packed
 * @property {string} name
 * @property {string} version
 * @property {string} tarball its path
 * @property {string[]} files the paths inside, sorted
 * @property {number} unpackedSize in bytes
 */

/**
 * `npm pack` on the main package, with its prepack script: the manifest gets its optional dependencies there.
 *
 * @param {string} destination an existing folder
 * @returns {Promise<Packed>}
 */
export function packMain(destination) {
  return pack(root, destination, []);
}

/**
 * `npm pack` on a platform package with a given binary. It happens in a copy, so that the tree keeps what a build put
 * there.
 *
 * @param {string} platform such as `linux-x64-gnu`
 * @param {string} binary the path of the addon
 * @param {string} destination an existing folder
 * @returns {Promise<Packed>}
 */
export async function packPlatform(platform, binary, destination) {
  const staged = mkdtempSync(join(destination, `${platform}-`));
  try {
    cpSync(join(root, "platforms", platform), staged, { recursive: true });
    cpSync(binary, join(staged, "index.node"));
    return await pack(staged, destination, []);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

/**
 * Packs installed packages and all that they depend on, for a registry that has no uplink.
 *
 * @param {readonly string[]} names
 * @param {string} destination an existing folder
 * @returns {Promise<Packed[]>} dependencies first
 */
export async function packInstalled(names, destination) {
  /** @type {Map<string, Packed>} */
  const packed = new Map();
  /** @param {string} name */
  async function visit(name) {
    if (packed.has(name)) return;
    const directory = join(root, "node_modules", name);
    for (const dependency of Object.keys(readManifest(directory).dependencies ?? {})) await visit(dependency);
    // Their scripts rebuild them from sources that are not in the package.
    packed.set(name, await pack(directory, destination, ["--ignore-scripts"]));
  }
  for (const name of names) await visit(name);
  return [...packed.values()];
}

/**
 * @param {string} directory
 * @param {string} destination
 * @param {readonly string[]} flags
 * @returns {Promise<Packed>}
 */
async function pack(directory, destination, flags) {
  // npm runs in the package's folder, and would look for a relative one there.
  const folder = resolve(destination);
  mkdirSync(folder, { recursive: true });
  // What the scripts of the package print comes before npm's JSON.
  const args = ["pack", "--json", "--foreground-scripts=false", "--pack-destination", folder, ...flags];
  const { stdout } = await runOrThrow("npm", args, { cwd: directory });
  /** @type {[{ name: string, version: string, filename: string, unpackedSize: number, files: { path: string }[] }]} */
  const [report] = JSON.parse(stdout.slice(stdout.indexOf("[\n")));
  return {
    name: report.name,
    version: report.version,
    tarball: join(folder, report.filename),
    files: report.files.map((file) => file.path).sort(),
    unpackedSize: report.unpackedSize,
  };
}
