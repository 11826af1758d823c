// @ts-check
// The tools that the package is at home in, by the list that the tests run and docs/hosts.md shows.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { readManifest, root } from "../../scripts/lib/paths.mjs";

/**
 * @typedef {object} Version
 * @property {string} folder of the manifest that pins it
 * @property {string} package its name there
 * @property {"each change" | "nightly"} when it is tested
 */

/**
 * @typedef {object} Host
 * @property {string} kind
 * @property {string} tool
 * @property {Version[]} versions the newest first
 * @property {string} setUp how a user sets it up, in one line of Markdown
 * @property {string} tested in Markdown
 * @property {string} test the function that tests it, of `test/hosts/tests`
 */

/** @type {Host[]} */
export const hosts = JSON.parse(readFileSync(new URL("hosts.json", import.meta.url), "utf8"));

/**
 * The version that a manifest pins.
 *
 * @param {Version} version
 * @returns {string}
 */
export function pinned({ folder, package: name }) {
  const { dependencies, optionalDependencies } = readManifest(join(root, folder));
  const range = dependencies?.[name] ?? optionalDependencies?.[name];
  if (range === undefined) throw new Error(`${folder}/package.json does not pin ${name}`);
  // An alias is written `npm:NAME@VERSION`.
  return range.slice(range.lastIndexOf("@") + 1);
}
