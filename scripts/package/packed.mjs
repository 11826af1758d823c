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
import { platformTargets, readManifest, root } from "../lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { shared } from "../lib/shared.mjs";
import { notices, noticesFile } from "../release/notices.mjs";
import { buildModules } from "../wasm/build.mjs";
import { digest } from "@compute-pi-rs/pinned-tools";

/**
 * @typedef {object} Packed
 * @property {string} name
 * @property {string} version
 * @property {string} tarball its path
 * @property {string[]} files the paths inside, sorted
 * @property {number} unpackedSize in bytes
 */

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
    keep(folder, [await pack(staged, folder, [])]);
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
 * `npm pack` on a platform package with a given binary and the notices of what is linked into it, in a copy, too.
 *
 * @param {string} platform such as `linux-x64-gnu`
 * @param {string} binary the path of the addon
 * @param {string} destination an existing folder
 * @returns {Promise<Packed>}
 */
export async function packPlatform(platform, binary, destination) {
  const folder = await shared(`packed-${platform}-${digest(readFileSync(binary))}`, async (folder) => {
    const staged = mkdtempSync(join(folder, `${platform}-`));
    cpSync(join(root, "platforms", platform), staged, { recursive: true });
    cpSync(binary, join(staged, "index.node"));
    writeFileSync(join(staged, noticesFile), await notices(platformTargets()[platform] ?? ""));
    keep(folder, [await pack(staged, folder, [])]);
    rmSync(staged, { recursive: true });
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
    /** @type {Map<string, Packed>} */
    const packed = new Map();
    /** @param {string} name */
    async function visit(name) {
      if (packed.has(name)) return;
      const directory = join(root, "node_modules", name);
      for (const dependency of Object.keys(readManifest(directory).dependencies ?? {})) await visit(dependency);
      // Their scripts rebuild them from sources that are not in the package.
      packed.set(name, await pack(directory, folder, ["--ignore-scripts"]));
    }
    for (const name of names) await visit(name);
    keep(folder, [...packed.values()]);
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
  // The output of the package's scripts comes before npm's JSON.
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
