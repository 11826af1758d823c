// @ts-check
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { readManifest, root } from "../lib/paths.mjs";
import { runOrThrow } from "../lib/run.mjs";

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
 * @returns {Promise<Release>}
 * @throws {Error} that lists everything that is wrong
 */
export async function readRelease(directory, { name, version, neon } = readManifest(root)) {
  const wanted = Object.keys(neon?.platforms ?? {}).map((platform) => `${neon?.org}/${platform}`);
  const files = readdirSync(directory)
    .filter((file) => file.endsWith(".tgz"))
    .sort();
  const tarballs = await Promise.all(files.map((file) => readTarball(resolve(directory, file))));
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
    const { stdout } = await runOrThrow("tar", ["-tzf", path]);
    const files = stdout.split("\n");
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

/**
 * @param {string} path
 * @returns {Promise<Tarball>}
 */
async function readTarball(path) {
  const { stdout } = await runOrThrow("tar", ["-xzOf", path, "package/package.json"]);
  const integrity = `sha512-${createHash("sha512").update(readFileSync(path)).digest("base64")}`;
  return { path, manifest: JSON.parse(stdout), integrity };
}
