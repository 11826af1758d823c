// @ts-check
// The examples are copied and installed from npm: what they pin is the release that they come with. Their lockfiles name
// packages that are not published yet, so npm cannot write those entries; they follow from the manifests here.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../lib/paths.mjs";

/** @typedef {{ packages: Record<string, Record<string, unknown> & { version?: string }> }} Lockfile */

/**
 * @param {string} tree the repository's top folder
 * @returns {string[]} the folders of the examples that depend on the main package, relative to it
 */
function examples(tree) {
  const { name } = readManifest(tree);
  return folders(tree, "examples").filter((folder) => readManifest(join(tree, folder)).dependencies?.[name]);
}

/**
 * @param {string} tree
 * @param {string} parent
 * @returns {string[]} the folders below `parent` that have a package.json
 */
function folders(tree, parent) {
  if (!existsSync(join(tree, parent))) return [];
  return readdirSync(join(tree, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["node_modules", "dist", "target"].includes(entry.name))
    .flatMap(({ name }) => {
      const folder = `${parent}/${name}`;
      return [...(existsSync(join(tree, folder, "package.json")) ? [folder] : []), ...folders(tree, folder)];
    })
    .sort();
}

/**
 * The contents that each file of the examples has to have for a version, whatever they are now.
 *
 * @param {string} version
 * @param {string} tree
 * @returns {{ file: string, text: string, wanted: string }[]}
 */
function pins(version, tree) {
  return examples(tree).flatMap((folder) =>
    ["package.json", "package-lock.json"].flatMap((name) => {
      const file = `${folder}/${name}`;
      if (!existsSync(join(tree, file))) return [];
      const text = readFileSync(join(tree, file), "utf8");
      const wanted = name === "package.json" ? pinned(text, version, tree) : locked(text, version, tree);
      return [{ file, text, wanted }];
    }),
  );
}

/** @param {string} text of a manifest @param {string} version @param {string} tree */
function pinned(text, version, tree) {
  const manifest = JSON.parse(text);
  manifest.dependencies[readManifest(tree).name] = `^${version}`;
  return format(manifest);
}

/** @param {string} text of a lockfile @param {string} version @param {string} tree */
function locked(text, version, tree) {
  /** @type {Lockfile & { packages: { "": { dependencies: Record<string, string> } } }} */
  const lock = JSON.parse(text);
  const main = readManifest(tree);
  const platforms = Object.keys(main.neon?.platforms ?? {});
  const scope = `${main.neon?.org}/`;
  lock.packages[""].dependencies[main.name] = `^${version}`;
  const others = Object.entries(lock.packages).filter(
    ([path]) => !path.startsWith(`node_modules/${scope}`) && path !== `node_modules/${main.name}`,
  );
  const own = platforms.map((platform) => {
    const { cpu, libc, license, os, engines } = readManifest(join(tree, "platforms", platform));
    const entry = { version, cpu, ...(libc && { libc }), license, optional: true, os, engines };
    return /** @type {[string, object]} */ ([`node_modules/${scope}${platform}`, entry]);
  });
  const { license, dependencies, bin, engines } = main;
  const optionalDependencies = Object.fromEntries(platforms.map((platform) => [`${scope}${platform}`, version]));
  own.push([`node_modules/${main.name}`, { version, license, dependencies, bin, engines, optionalDependencies }]);
  const packages = Object.fromEntries([...others, ...own].sort(([a], [b]) => a.localeCompare(b, "en")));
  return format({ ...lock, packages });
}

/** @param {object} json */
function format(json) {
  return `${JSON.stringify(json, null, 2)}\n`;
}

/**
 * @param {string} version
 * @param {string} tree the repository's top folder
 * @returns {string[]} the files of the examples that would install something else
 */
export function staleExamples(version, tree) {
  return pins(version, tree)
    .filter(({ text, wanted }) => text !== wanted)
    .map(({ file }) => file);
}

/**
 * Moves the pins of the examples, in their manifests and lockfiles.
 *
 * @param {string} version
 * @param {string} tree the repository's top folder
 * @returns {string[]} all files that carry such a pin
 */
export function setExamples(version, tree) {
  return pins(version, tree).map(({ file, wanted }) => {
    writeFileSync(join(tree, file), wanted);
    return file;
  });
}
