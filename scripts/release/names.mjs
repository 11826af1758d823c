// @ts-check
// A maintainer does this once for each package before a workflow can publish it: `npm login` first, npm 11.15 or newer.
//
//   node scripts/release/names.mjs take    publishes a placeholder under each name that npm does not know
//   node scripts/release/names.mjs trust   lets the release workflow stage the main package and publish the others
//   node scripts/release/names.mjs take --dry-run
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { latestVersion, registryOf } from "../../tools/addon-release/registry.mjs";
import { readManifest, root } from "../lib/paths.mjs";
import { project } from "./project.mjs";

const { name: main, license, repository } = readManifest(root);

/** Every package of a release, the main one last. */
export const names = [...(project.companions ?? []), ...project.platforms, main];

/**
 * @param {string} name of a package
 * @returns {string[]} the arguments of npm that let the workflow do with it what it may
 */
export function trust(name) {
  const allowed = name === main ? "--allow-stage-publish" : "--allow-publish";
  const repo = repository?.url.replace(/.*github\.com\/|\.git$/g, "") ?? "";
  return ["trust", "github", name, `--repo=${repo}`, "--file=release.yml", "--env=npm", allowed, "--yes"];
}

/** @param {string} name of a package @returns {Record<string, string>} the files of its placeholder */
export function placeholder(name) {
  const manifest = { name, version: "0.0.0", description: `Reserved for a package of ${main}`, license, repository };
  return {
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "README.md": `# ${name}\n\nThis version holds nothing. See ${repository?.url.replace(/^git\+|\.git$/g, "")}\n`,
  };
}

/** A person may have to answer npm. @param {string[]} args @param {string} cwd */
function npm(args, cwd) {
  const { status } = spawnSync("npm", args, { cwd, stdio: "inherit" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")}: exit code ${status}`);
}

/** @param {string[]} flags */
async function take(flags) {
  const registry = await registryOf(process.env);
  for (const name of names) {
    if ((await latestVersion(registry, name)) !== undefined) {
      console.log(`${name} is there`);
      continue;
    }
    const folder = mkdtempSync(join(tmpdir(), "compute-pi-rs-name-"));
    for (const [file, text] of Object.entries(placeholder(name))) writeFileSync(join(folder, file), text);
    npm(["publish", "--access=public", "--provenance=false", ...flags], folder);
    rmSync(folder, { recursive: true });
  }
}

/** @param {string[]} flags */
async function trustAll(flags) {
  for (const name of names) {
    const { stdout } = spawnSync("npm", ["trust", "list", name], {
      encoding: "utf8",
      stdio: ["inherit", "pipe", "inherit"],
    });
    if (stdout.includes("release.yml")) console.log(`${name} trusts release.yml`);
    else npm([...trust(name), ...flags], root);
    // The registry counts how fast it is asked.
    await sleep(2_000);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [what, ...flags] = process.argv.slice(2);
  if (what === "take") await take(flags);
  else if (what === "trust") await trustAll(flags);
  else throw new Error("usage: names.mjs take|trust [--dry-run]");
}
