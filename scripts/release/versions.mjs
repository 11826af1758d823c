// @ts-check
// Every place that carries the version of a release, to read it and to move it.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { setExamples, staleExamples } from "./examples.mjs";

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
  const crates = workspaceCrates(tree);
  const workspace = readFileSync(join(tree, "crate", "Cargo.toml"), "utf8");
  return [
    { where: "package.json", version: manifest.version },
    { where: "package-lock.json", version: lock.version },
    { where: "package-lock.json, its first package", version: lock.packages[""].version },
    ...platformFolders(tree).map((folder) => ({
      where: `${folder}/package.json`,
      version: json(join(tree, folder, "package.json")).version,
    })),
    { where: "crate/Cargo.toml", version: workspaceVersion.exec(workspace)?.[2] },
    ...cargoLocks(tree).flatMap((file) => {
      const text = readFileSync(join(tree, file), "utf8");
      return crates.flatMap((crate) => {
        const entry = lockEntry(crate).exec(text);
        return entry === null ? [] : [{ where: `${file}, ${crate}`, version: entry[2] }];
      });
    }),
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
 * Moves what `npm version` and `neon bump` leave where it was: the crates, the Cargo lockfiles and the examples.
 *
 * @param {string} version
 * @param {string} [tree]
 * @returns {string[]} the files that carry it
 */
export function setVersion(version, tree = root) {
  const crates = workspaceCrates(tree);
  /** @param {string} file @param {(text: string) => string} edit */
  function rewrite(file, edit) {
    const path = join(tree, file);
    writeFileSync(path, edit(readFileSync(path, "utf8")));
    return [file];
  }
  return [
    ...rewrite("crate/Cargo.toml", (text) => text.replace(workspaceVersion, `$1${version}$3`)),
    ...cargoLocks(tree).flatMap((file) =>
      rewrite(file, (text) => crates.reduce((lock, crate) => lock.replace(lockEntry(crate), `$1${version}$3`), text)),
    ),
    ...setExamples(version, tree),
  ];
}

const workspaceVersion = /(^\[workspace\.package\]\n(?:[^[\n].*\n|\n)*?version = ")([^"]+)(")/m;

/**
 * A crate of the workspace in a Cargo lockfile: one without a source.
 *
 * @param {string} crate
 */
function lockEntry(crate) {
  return new RegExp(`(^name = "${crate}"\\nversion = ")([^"]+)("\\n(?!source))`, "m");
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
    const manifest = readFileSync(join(tree, folder, "Cargo.toml"), "utf8");
    const name = /^name = "([^"]+)"/m.exec(manifest)?.[1];
    return name !== undefined && /^version\.workspace = true$/m.test(manifest) ? [name] : [];
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
