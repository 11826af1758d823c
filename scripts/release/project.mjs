// @ts-check
// The packages of a release. Node.js alone reads them: the job that may publish installs nothing.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectOf } from "../../tools/addon-release/project.mjs";
import { readManifest, root } from "../lib/paths.mjs";

/**
 * The packages in `tools` that are published, as folders, those that others depend on first.
 *
 * @param {string} [tree] the repository's top folder
 * @returns {string[]}
 */
export function publishedTools(tree = root) {
  const folders = readdirSync(join(tree, "tools"))
    .map((name) => `tools/${name}`)
    .filter((folder) => existsSync(join(tree, folder, "package.json")))
    .filter((folder) => readManifest(join(tree, folder)).private !== true);
  const byName = new Map(folders.map((folder) => [readManifest(join(tree, folder)).name, folder]));
  /** @type {Set<string>} */
  const ordered = new Set();
  /** @param {string} folder */
  function visit(folder) {
    for (const name of Object.keys(readManifest(join(tree, folder)).dependencies ?? {})) {
      const needed = byName.get(name);
      if (needed !== undefined) visit(needed);
    }
    ordered.add(folder);
  }
  folders.forEach(visit);
  return [...ordered];
}

const companions = publishedTools().map((folder) => readManifest(join(root, folder)).name);

/** @type {import("../../tools/addon-release/project.mjs").Project} */
export const project = { ...projectOf(readManifest(root)), companions };
