// @ts-check
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { readManifest, root } from "../lib/paths.mjs";

/**
 * @typedef {object} Tarball a packed package
 * @property {string} path absolute: npm takes `packages/x.tgz` for the repository x.tgz of somebody on GitHub
 * @property {import("../lib/paths.mjs").Manifest} manifest
 * @property {string} integrity as the registry states it: `sha512-…`
 */

/**
 * @typedef {object} Release
 * @property {string} version
 * @property {Tarball[]} platforms
 * @property {Tarball} main
 */

/**
 * Reads the packed packages of a release and makes sure that they are all there and fit together.
 *
 * @param {string} directory
 * @param {import("../lib/paths.mjs").Manifest} [project] the manifest that says what belongs to it
 * @returns {Release}
 * @throws {Error} that lists everything that is wrong
 */
export function readRelease(directory, { name, version, neon } = readManifest(root)) {
  const wanted = Object.keys(neon?.platforms ?? {}).map((platform) => `${neon?.org}/${platform}`);
  const files = readdirSync(directory)
    .filter((file) => file.endsWith(".tgz"))
    .sort();
  const tarballs = files.map((file) => readTarball(resolve(directory, file)));
  const byName = new Map(tarballs.map((tarball) => [tarball.manifest.name, tarball]));
  const main = byName.get(name);

  const problems = [
    ...[name, ...wanted].filter((each) => !byName.has(each)).map((each) => `${each} is missing`),
    ...tarballs
      .filter(({ manifest }) => manifest.name !== name && !wanted.includes(manifest.name))
      .map(({ manifest }) => `${manifest.name} is no package of this project`),
    ...tarballs
      .filter(({ manifest }) => manifest.version !== version)
      .map(({ manifest }) => `${manifest.name} has the version ${manifest.version}, not ${version}`),
  ];
  for (const { path, manifest } of tarballs.filter((tarball) => tarball !== main)) {
    const files = tar("-tzf", path).split("\n");
    for (const file of manifest.files ?? []) {
      if (!files.includes(`package/${file}`)) problems.push(`${manifest.name} lacks ${file}`);
    }
  }
  if (main !== undefined) {
    const expected = wanted.map((each) => `${each}@${version}`).sort();
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
  return { version, platforms: tarballs.filter((tarball) => tarball !== main), main };
}

/** @param {string[]} args */
function tar(...args) {
  return execFileSync("tar", args, { encoding: "utf8" });
}

/**
 * @param {string} path
 * @returns {Tarball}
 */
function readTarball(path) {
  const integrity = `sha512-${createHash("sha512").update(readFileSync(path)).digest("base64")}`;
  return { path, manifest: JSON.parse(tar("-xzOf", path, "package/package.json")), integrity };
}
