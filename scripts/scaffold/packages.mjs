// @ts-check
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { manifestIn, pack } from "@compute-pi-rs/addon-release";
import { runOrThrow } from "@compute-pi-rs/steps";
import { readManifest, root } from "../lib/paths.mjs";
import { publishedTools } from "../release/project.mjs";

/**
 * Makes the lockfile of a new repository name the packages of this one, which are not in the template's.
 *
 * @param {string} directory
 * @param {{ published: boolean }} options where they are not published, they come with the repository
 */
export async function lock(directory, { published }) {
  if (!published) await vendor(directory);
  const flags = ["--package-lock-only", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  await runOrThrow("npm", ["install", ...flags], { cwd: directory });
}

/**
 * Packs what the manifest names of this repository, with all that it needs of it, into `vendor`.
 *
 * @param {string} directory
 */
async function vendor(directory) {
  const folders = new Map(publishedTools().map((folder) => [readManifest(join(root, folder)).name, folder]));
  const path = join(directory, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  for (const section of ["dependencies", "devDependencies"]) {
    for (const name of needed(Object.keys(manifest[section] ?? {}), folders)) {
      const { tarball } = await pack(join(root, String(folders.get(name))), join(directory, "vendor"));
      manifest[section][name] = `file:vendor/${basename(tarball)}`;
    }
    if (manifest[section]) manifest[section] = Object.fromEntries(Object.entries(manifest[section]).sort());
  }
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @param {string[]} names @param {Map<string, string>} folders of this repository's packages @returns {Set<string>} */
function needed(names, folders) {
  const own = names.filter((name) => folders.has(name));
  const further = own.flatMap((name) =>
    Object.keys(manifestIn(join(root, String(folders.get(name)))).dependencies ?? {}),
  );
  return new Set([...own, ...(further.length > 0 ? needed(further, folders) : [])]);
}
