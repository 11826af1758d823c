// @ts-check
// The versions of the packages in `tools` that are published. They depend on each other's by exact versions, and stand in the
// lockfile a second time.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publishedTools } from "./project.mjs";

/** @typedef {{ name: string, version: string, dependencies?: Record<string, string> }} Tool */

/**
 * @param {string} tree the repository's top folder
 * @param {string} folder of a tool
 * @returns {import("./versions.mjs").Place[]}
 */
export function toolPlaces(tree, folder) {
  const own = names(tree);
  /** @type {[string, Tool][]} */
  const copies = [
    [`${folder}/package.json`, json(tree, `${folder}/package.json`)],
    [`package-lock.json, ${folder}`, json(tree, "package-lock.json").packages[folder] ?? {}],
  ];
  return copies.flatMap(([where, { version, dependencies = {} }]) => [
    { where, version },
    ...Object.entries(dependencies)
      .filter(([name]) => own.includes(name))
      .map(([name, range]) => ({ where: `${where}, ${name}`, version: range })),
  ]);
}

/**
 * @param {string} version
 * @param {string} tree
 * @returns {string[]} the files that carry it
 */
export function setTools(version, tree) {
  const own = names(tree);
  const folders = publishedTools(tree);
  const lock = json(tree, "package-lock.json");
  for (const folder of folders) {
    const tool = json(tree, `${folder}/package.json`);
    move(tool, own, version);
    move(lock.packages[folder], own, version);
    write(tree, `${folder}/package.json`, tool);
  }
  write(tree, "package-lock.json", lock);
  return ["package-lock.json", ...folders.map((folder) => `${folder}/package.json`)];
}

/** @param {Tool} tool @param {string[]} own @param {string} version */
function move(tool, own, version) {
  tool.version = version;
  for (const name of own) if (tool.dependencies?.[name] !== undefined) tool.dependencies[name] = version;
}

/** @param {string} tree */
function names(tree) {
  return publishedTools(tree).map((folder) => json(tree, `${folder}/package.json`).name);
}

/** @param {string} tree @param {string} file */
function json(tree, file) {
  return JSON.parse(readFileSync(join(tree, file), "utf8"));
}

/** @param {string} tree @param {string} file @param {unknown} contents */
function write(tree, file, contents) {
  writeFileSync(join(tree, file), `${JSON.stringify(contents, null, 2)}\n`);
}
