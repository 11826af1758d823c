// @ts-check
// The addon of a repository that has its crate in `crate`, builds binaries into `platforms/NAME/index.node` and this machine's
// into `index.node`, and packs into `packages`.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { compile, place, remappedPaths } from "./compile.mjs";
import { pack, packPlatform } from "./pack.mjs";
import { packageOf, platformManifest, targetsOf } from "./project.mjs";
import { recipe } from "./recipe.mjs";

/** @param {string} root @returns {import("./project.mjs").Manifest} */
export function manifestIn(root) {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
}

/** @param {string} root @param {string} [platform] this machine's own by default */
export function binaryIn(root, platform) {
  return platform === undefined ? join(root, "index.node") : join(root, "platforms", platform, "index.node");
}

/** @param {string} root */
const crateIn = (root) => join(root, "crate", "Cargo.toml");

/**
 * Builds this machine's binary, with the linker that is here, into `index.node`.
 *
 * @param {string} root
 */
export async function buildHere(root) {
  place(await compile({ manifest: crateIn(root) }), binaryIn(root));
}

/**
 * Builds a platform's binary, as it is published.
 *
 * @param {string} root
 * @param {string} platform
 * @param {{ cross?: boolean }} [options] with `cross` in the image that `Cross.toml` names
 */
export async function buildPlatform(root, platform, { cross = false } = {}) {
  const manifest = manifestIn(root);
  const target = targetsOf(manifest)[platform];
  if (target === undefined) throw new Error(`${platform} is not among the platforms of package.json`);
  const plan = recipe(target);
  if (plan === undefined) throw new Error(`${platform} can be built only on such a machine`);
  const library = await compile({
    manifest: crateIn(root),
    recipe: cross ? { ...plan, program: "cross", command: "build", target } : plan,
    flags: await remappedPaths(root, manifest.name.replace(/^@.*\//, "")),
    env: { ...process.env, ...(cross && { CROSS_CONFIG: join(root, "Cross.toml") }) },
  });
  // cross tells the paths in its container.
  placePlatform(root, platform, library.replace(/^\/target(?=\/)/, join(root, "crate", "target")));
}

/**
 * Makes a platform's package in `platforms/NAME` of a library.
 *
 * @param {string} root
 * @param {string} platform
 * @param {string} library
 */
export function placePlatform(root, platform, library) {
  const folder = join(root, "platforms", platform);
  mkdirSync(folder, { recursive: true });
  const described = platformManifest(manifestIn(root), platform);
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(described, null, 2)}\n`);
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  place(library, binaryIn(root, platform));
}

/**
 * Packs the binaries that were built, one package each, and the package that depends on all of them optionally.
 *
 * @param {string} root
 * @param {{ all?: boolean }} [options] with `all` every platform's binary has to be there
 * @returns {Promise<import("./pack.mjs").Packed[]>} the main package last
 */
export async function packAll(root, { all = false } = {}) {
  const manifest = manifestIn(root);
  const targets = Object.entries(targetsOf(manifest));
  const missing = targets.filter(([platform]) => !existsSync(binaryIn(root, platform)));
  if (all && missing.length > 0) throw new Error(`there is no binary for ${missing.map(([name]) => name).join(", ")}`);
  const destination = resolve(root, "packages");
  rmSync(destination, { recursive: true, force: true });
  const packed = [];
  for (const [platform, target] of targets.filter((each) => !missing.includes(each))) {
    const parts = { folder: join(root, "platforms", platform), binary: binaryIn(root, platform), target };
    packed.push(await packPlatform({ ...parts, manifest: crateIn(root) }, destination));
  }
  return [...packed, await packMain(root, destination)];
}

/** @param {string} root @param {string} destination */
async function packMain(root, destination) {
  const manifest = manifestIn(root);
  const { scripts: _, devDependencies: __, ...published } = manifest;
  const binaries = Object.keys(targetsOf(manifest)).map((platform) => [
    packageOf(manifest, platform),
    manifest.version,
  ]);
  const staged = mkdtempSync(join(tmpdir(), "addon-release-"));
  try {
    for (const file of ["README.md", "LICENSE", ...(manifest.files ?? [])]) {
      cpSync(join(root, file), join(staged, file), { recursive: true });
    }
    const written = { ...published, optionalDependencies: Object.fromEntries(binaries) };
    writeFileSync(join(staged, "package.json"), `${JSON.stringify(written, null, 2)}\n`);
    return await pack(staged, destination);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}
