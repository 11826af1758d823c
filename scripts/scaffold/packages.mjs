// @ts-check
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { manifestIn, pack, readTarball } from "@compute-pi-rs/addon-release";
import { runOrThrow } from "@compute-pi-rs/steps";
import { readManifest, root } from "../lib/paths.mjs";
import { publishedTools } from "../release/project.mjs";

/**
 * Completes the lockfile of a new repository: the template's has all but the packages of this repository.
 *
 * @param {string} directory
 * @param {{ published: boolean }} options where no registry has them, they come along
 */
export async function completeLock(directory, { published }) {
  if (!published) return vendor(directory);
  const flags = ["--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"];
  await runOrThrow("npm", ["install", ...flags], { cwd: directory });
}

/**
 * Packs what the manifest names of this repository, with all that it needs of it, into `vendor`. The lockfile alone says where
 * they are: the manifest is as it will be published.
 *
 * @param {string} directory
 */
async function vendor(directory) {
  const path = join(directory, "package-lock.json");
  const lock = JSON.parse(readFileSync(path, "utf8"));
  const { dependencies = {}, devDependencies = {} } = manifestIn(directory);
  const folders = new Map(publishedTools().map((folder) => [readManifest(join(root, folder)).name, folder]));
  const shipped = needed(Object.keys(dependencies), folders);
  for (const name of new Set([...shipped, ...needed(Object.keys(devDependencies), folders)])) {
    const { tarball } = await pack(join(root, String(folders.get(name))), join(directory, "vendor"));
    const { manifest, integrity } = readTarball(tarball);
    lock.packages[`node_modules/${name}`] = {
      version: manifest.version,
      resolved: `file:vendor/${basename(tarball)}`,
      integrity,
      ...(!shipped.has(name) && { dev: true }),
      license: manifest.license,
      dependencies: manifest.dependencies,
      bin: manifest.bin,
      engines: manifest.engines,
    };
  }
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  // npm would forget the places where a person has it leave those of a registry out.
  writeFileSync(join(directory, ".npmrc"), "omit-lockfile-registry-resolved=false\n");
}

/** @param {string[]} names @param {Map<string, string>} folders of this repository's packages @returns {Set<string>} */
function needed(names, folders) {
  const own = names.filter((name) => folders.has(name));
  const further = own.flatMap((name) =>
    Object.keys(readManifest(join(root, String(folders.get(name)))).dependencies ?? {}),
  );
  return new Set([...own, ...(further.length > 0 ? needed(further, folders) : [])]);
}
