// @ts-check
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runOrThrow } from "@compute-pi-rs/steps";
import { notices, noticesFile } from "./notices.mjs";

/**
 * @typedef {object} Packed
 * @property {string} name
 * @property {string} version
 * @property {string} tarball its path
 * @property {string[]} files the paths inside, sorted
 * @property {number} unpackedSize in bytes
 */

/**
 * `npm pack`.
 *
 * @param {string} directory of the package
 * @param {string} destination
 * @param {readonly string[]} [flags]
 * @returns {Promise<Packed>}
 */
export async function pack(directory, destination, flags = []) {
  // npm runs in the package's folder, and would look for a relative one there.
  const folder = resolve(destination);
  mkdirSync(folder, { recursive: true });
  // The output of the package's scripts comes before npm's JSON. In a workspace npm would look for its top folder.
  const args = [
    "pack",
    "--json",
    "--foreground-scripts=false",
    "--workspaces=false",
    "--pack-destination",
    folder,
    ...flags,
  ];
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

/**
 * @typedef {object} PlatformParts
 * @property {string} folder of the platform's package, without the binary
 * @property {string} binary
 * @property {string} manifest the addon's Cargo.toml
 * @property {string} target of Rust
 */

/**
 * `npm pack` on a platform package with a binary and the notices of what is linked into it, in a copy, so that nobody sees
 * the tree change.
 *
 * @param {PlatformParts} parts
 * @param {string} destination
 * @returns {Promise<Packed>}
 */
export async function packPlatform({ folder, binary, manifest, target }, destination) {
  const staged = mkdtempSync(join(tmpdir(), "addon-release-"));
  try {
    cpSync(folder, staged, { recursive: true });
    cpSync(binary, join(staged, "index.node"));
    writeFileSync(join(staged, noticesFile), await notices(manifest, target));
    return await pack(staged, destination);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

/**
 * Packs installed packages and all that they depend on, for a registry that has no uplink.
 *
 * @param {string} root the folder with `node_modules`
 * @param {readonly string[]} names
 * @param {string} destination
 * @returns {Promise<Packed[]>} dependencies first
 */
export async function packInstalled(root, names, destination) {
  /** @type {Map<string, Packed>} */
  const packed = new Map();
  /** @param {string} name */
  async function visit(name) {
    if (packed.has(name)) return;
    const directory = join(root, "node_modules", name);
    /** @type {import("./project.mjs").Manifest} */
    const { dependencies = {} } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
    for (const dependency of Object.keys(dependencies)) await visit(dependency);
    // Their scripts rebuild them from sources that are not in the package.
    packed.set(name, await pack(directory, destination, ["--ignore-scripts"]));
  }
  for (const name of names) await visit(name);
  return [...packed.values()];
}
