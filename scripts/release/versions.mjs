// @ts-check
// Every place that carries the version of a release, to read it and to move it.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { readToml } from "@compute-pi-rs/steps";
import { setExamples, staleExamples } from "./examples.mjs";
import { setTools, toolPlaces } from "./tools.mjs";
import { publishedTools } from "./project.mjs";

/**
 * @typedef {object} Place
 * @property {string} where the file, and what in it
 * @property {string | undefined} version
 */

/**
 * @param {string} [tree] the repository's top folder
 * @returns {Place[]} every place that has to carry the same version
 */
export function versionPlaces(tree = root) {
  const manifest = json(join(tree, "package.json"));
  const lock = json(join(tree, "package-lock.json"));
  return [
    { where: "package.json", version: manifest.version },
    { where: "package-lock.json", version: lock.version },
    { where: "package-lock.json, its first package", version: lock.packages[""].version },
    ...platformFolders(tree).map((folder) => ({
      where: `${folder}/package.json`,
      version: json(join(tree, folder, "package.json")).version,
    })),
    ...publishedTools(tree).flatMap((folder) => toolPlaces(tree, folder)),
    { where: "crate/Cargo.toml", version: workspaceVersion(tree) },
    ...cargoLocks(tree).flatMap((file) =>
      lockEntries(tree, file).map(({ name, version }) => ({ where: `${file}, ${name}`, version })),
    ),
  ];
}

/**
 * @param {string} [tree]
 * @returns {string[]} the places that do not carry the version of package.json, and the examples that do not install it
 */
export function disagreements(tree = root) {
  const places = versionPlaces(tree);
  const wanted = places[0]?.version;
  return [
    ...places
      .filter(({ version }) => version !== wanted)
      .map(({ where, version }) => `${where} says ${version}, package.json says ${wanted}`),
    ...staleExamples(String(wanted), tree).map((file) => `${file} does not install ${wanted}`),
  ];
}

/**
 * Moves what `npm version` and `neon bump` leave where it was: the tools, the crates, the Cargo lockfiles and the examples.
 *
 * @param {string} version
 * @param {string} [tree]
 * @returns {string[]} the files that carry it
 */
export function setVersion(version, tree = root) {
  /** @param {string} file @param {(text: string) => string} edit */
  function rewrite(file, edit) {
    const path = join(tree, file);
    writeFileSync(path, edit(readFileSync(path, "utf8")));
    return [file];
  }
  return [
    ...setTools(version, tree),
    ...rewrite("crate/Cargo.toml", (text) => text.replace(line(workspaceVersion(tree)), line(version))),
    ...cargoLocks(tree).flatMap((file) => {
      const entries = lockEntries(tree, file);
      /** @param {string} name @param {string} version */
      const entry = (name, version) => `name = "${name}"\n${line(version)}`;
      return rewrite(file, (text) =>
        entries.reduce((lock, { name, version: old }) => lock.replace(entry(name, old), entry(name, version)), text),
      );
    }),
    ...setExamples(version, tree),
  ];
}

/** @param {string} tree @returns {string} */
function workspaceVersion(tree) {
  return readToml(join(tree, "crate", "Cargo.toml")).workspace.package.version;
}

/**
 * The crates of the workspace in a Cargo lockfile: those without a source.
 *
 * @param {string} tree
 * @param {string} file
 * @returns {{ name: string, version: string }[]}
 */
function lockEntries(tree, file) {
  const crates = workspaceCrates(tree);
  /** @type {{ package: { name: string, version: string, source?: string }[] }} */
  const lock = readToml(join(tree, file));
  return lock.package.filter(({ name, source }) => source === undefined && crates.includes(name));
}

/** As cargo writes it, in manifests and lockfiles. @param {string} version */
function line(version) {
  return `version = "${version}"\n`;
}

/**
 * Every Cargo lockfile of the repository: programs beside the workspace have their own, and depend on its crates.
 *
 * @param {string} tree
 * @param {string} [below]
 * @returns {string[]}
 */
function cargoLocks(tree, below = "") {
  return readdirSync(join(tree, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${below}${entry.name}`;
      if (entry.isFile()) return entry.name === "Cargo.lock" ? [path] : [];
      const searched = entry.isDirectory() && !entry.name.startsWith(".") && !generated.has(entry.name);
      return searched ? cargoLocks(tree, `${path}/`) : [];
    })
    .sort();
}

const generated = new Set(["node_modules", "target"]);

/** The names of the crates whose version is the workspace's. @param {string} tree */
function workspaceCrates(tree) {
  return crateFolders(tree).flatMap((folder) => {
    const { package: crate } = readToml(join(tree, folder, "Cargo.toml"));
    return crate.version.workspace === true ? [crate.name] : [];
  });
}

/** @param {string} tree */
function crateFolders(tree) {
  return foldersWith(tree, "crate", "Cargo.toml");
}

/** @param {string} tree */
function platformFolders(tree) {
  return foldersWith(tree, "platforms", "package.json");
}

/** @param {string} tree @param {string} parent @param {string} file */
function foldersWith(tree, parent, file) {
  return readdirSync(join(tree, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(join(tree, folder, file)))
    .sort();
}

/** @param {string} path */
function json(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
