// @ts-check
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";

/**
 * @typedef {object} Tarball a packed package
 * @property {string} path absolute: npm takes `packages/x.tgz` for the repository x.tgz of somebody on GitHub
 * @property {import("./project.mjs").Manifest} manifest
 * @property {string} integrity as the registry states it: `sha512-…`
 */

/**
 * @typedef {object} Release
 * @property {string} version
 * @property {Tarball[]} companions
 * @property {Tarball[]} platforms
 * @property {Tarball} main
 * @property {Tarball[]} all in the order in which they are published, the main one last
 */

/**
 * Reads the packed packages of a release and makes sure that they are all there and fit together.
 *
 * @param {string} directory
 * @param {import("./project.mjs").Project} project
 * @returns {Release}
 * @throws {Error} that lists everything that is wrong
 */
export function readRelease(directory, { name, version, platforms, companions = [] }) {
  const wanted = [...companions, ...platforms, name];
  const files = readdirSync(directory)
    .filter((file) => file.endsWith(".tgz"))
    .sort();
  const tarballs = files.map((file) => readTarball(resolve(directory, file)));
  const byName = new Map(tarballs.map((tarball) => [tarball.manifest.name, tarball]));
  const main = byName.get(name);
  const named = (/** @type {string[]} */ names) => names.flatMap((each) => byName.get(each) ?? []);

  const problems = [
    ...wanted.filter((each) => !byName.has(each)).map((each) => `${each} is missing`),
    ...tarballs
      .filter(({ manifest }) => !wanted.includes(manifest.name))
      .map(({ manifest }) => `${manifest.name} is no package of this project`),
    ...tarballs
      .filter(({ manifest }) => manifest.version !== version)
      .map(({ manifest }) => `${manifest.name} has the version ${manifest.version}, not ${version}`),
  ];
  for (const { path, manifest } of named(platforms)) {
    const files = tar("-tzf", path).split("\n");
    for (const file of manifest.files ?? []) {
      if (!files.includes(`package/${file}`)) problems.push(`${manifest.name} lacks ${file}`);
    }
  }
  if (main !== undefined) {
    const expected = platforms.map((each) => `${each}@${version}`).sort();
    const found = Object.entries(main.manifest.optionalDependencies ?? {}).map(([each, range]) => `${each}@${range}`);
    if (found.sort().join() !== expected.join()) {
      problems.push(`${name} depends optionally on [${found.join(", ")}], not on [${expected.join(", ")}]`);
    }
  }
  if (problems.length > 0 || main === undefined) {
    throw new Error(
      `the packages in ${directory} are not a release:\n${problems.map((each) => `- ${each}`).join("\n")}`,
    );
  }
  return { version, companions: named(companions), platforms: named(platforms), main, all: named(wanted) };
}

/** @param {string[]} args */
function tar(...args) {
  return execFileSync("tar", args, { encoding: "utf8" });
}

/**
 * @param {string} path
 * @returns {Tarball}
 */
export function readTarball(path) {
  const integrity = `sha512-${createHash("sha512").update(readFileSync(path)).digest("base64")}`;
  return { path, manifest: JSON.parse(tar("-xzOf", path, "package/package.json")), integrity };
}
