// @ts-check
// Publishes a release: the platform packages before the main one, so that whoever can install the main package can
// install its binary. Safe to run again: what is there already is skipped, and has to be what is here.
//
// With --stage the main package is staged: nobody gets it before a maintainer approves it with a second factor. Nothing else
// depends on a platform package of a new version, so that one approval opens the release of the addon, and nothing without it.
//
// This and what it imports need Node.js and npm only: a job that may publish can run it without having installed anything.
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs, promisify } from "node:util";
import { distTag, latestVersion, publishedIntegrity, registryOf } from "./registry.mjs";
import { readRelease } from "./tarballs.mjs";

const run = promisify(execFile);

/**
 * @typedef {object} PublishOptions
 * @property {NodeJS.ProcessEnv} [env] what npm runs with: it names the registry
 * @property {boolean} [provenance] have npm state where the packages were built: only in CI
 * @property {boolean} [stage] leave the main package for a maintainer to approve
 * @property {boolean} [dryRun] only tell what would be published
 * @property {number} [patience] how long to wait for the registry to show what was published, in milliseconds
 * @property {(line: string) => void} [log]
 */

/**
 * @param {string} directory with the packed packages
 * @param {import("./project.mjs").Project} project
 * @param {PublishOptions} [options]
 * @returns {Promise<{ published: string[], skipped: string[] }>}
 */
export async function publish(directory, project, options = {}) {
  const { env = process.env, provenance = false, dryRun = false, patience = 300_000, log = console.log } = options;
  if (options.stage) await assertStages(env);
  const { version, main, all } = readRelease(directory, project);

  const registry = await registryOf(env);

  // Everything is asked before anything is published.
  const states = await Promise.all(
    all.map(async (tarball) => ({
      tarball,
      there: await publishedIntegrity(registry, tarball.manifest.name, version),
    })),
  );
  const changed = states.filter(({ tarball, there }) => there !== undefined && there !== tarball.integrity);
  if (changed.length > 0) {
    const lines = changed.map(
      ({ tarball, there }) => `- ${tarball.manifest.name}: ${there}, here ${tarball.integrity}`,
    );
    throw new Error(`${version} was published already, with other contents:\n${lines.join("\n")}`);
  }
  const tag = distTag(version, await latestVersion(registry, main.manifest.name));

  /** @type {{ published: string[], skipped: string[] }} */
  const outcome = { published: [], skipped: [] };
  for (const { tarball, there } of states) {
    const spec = `${tarball.manifest.name}@${version}`;
    if (there !== undefined) {
      log(`${spec} is there already, with the same contents`);
      outcome.skipped.push(spec);
      continue;
    }
    const staged = options.stage === true && tarball === main;
    log(`${spec} ${dryRun ? "would be" : "is being"} ${staged ? "staged" : "published"} with the tag ${tag}`);
    if (!dryRun && staged) log(await stageOne(tarball, { tag, provenance, env }));
    else if (!dryRun) await publishOne(tarball, { registry, tag, provenance, env, patience });
    outcome.published.push(spec);
  }
  return outcome;
}

/**
 * Publishes one package and waits until the registry shows it.
 *
 * @param {import("./tarballs.mjs").Tarball} tarball
 * @param {{ registry: string, tag: string, provenance: boolean, env: NodeJS.ProcessEnv, patience: number }} options
 */
async function publishOne(
  { path, manifest: { name, version }, integrity },
  { registry, tag, provenance, env, patience },
) {
  /** @type {unknown} */
  let failure;
  await run("npm", ["publish", path, ...flags(tag, provenance)], { env }).catch(
    (/** @type {unknown} */ error) => (failure = error),
  );
  // An answer that was lost on its way is no failure when the package arrived.
  const deadline = Date.now() + (failure === undefined ? patience : 0);
  for (;;) {
    const there = await publishedIntegrity(registry, name, version).catch((/** @type {unknown} */ error) => {
      throw failure ?? error;
    });
    if (there === integrity) return;
    if (there !== undefined) throw new Error(`${name}@${version} arrived as ${there}, not as ${integrity}`);
    if (Date.now() >= deadline) throw failure ?? new Error(`the registry does not show ${name}@${version}`);
    await sleep(2_000);
  }
}

/**
 * Stages one package. One that is staged already stays: only a maintainer can see it, and tell that it is another.
 *
 * @param {import("./tarballs.mjs").Tarball} tarball
 * @param {{ tag: string, provenance: boolean, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>} the step that is a person's
 */
async function stageOne({ path, manifest: { name, version }, integrity }, { tag, provenance, env }) {
  const words = /E409|already staged|staged already/i;
  const staging = run("npm", ["stage", "publish", path, ...flags(tag, provenance)], { env });
  const { stdout, stderr } = await staging.catch((error) => {
    if (words.test(error.stderr)) return error;
    throw error;
  });
  const already = words.test(stderr);
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(stdout)?.[0] ?? "ID";
  return (
    `${name}@${version} ${already ? "was staged before" : "is staged"}. Compare its integrity, ${integrity}, ` +
    `with that of \`npm stage view ${id}\`, then: npm stage approve ${id} (\`npm stage list ${name}\` shows the ID)`
  );
}

/** @param {NodeJS.ProcessEnv} env */
async function assertStages(env) {
  const version = (await run("npm", ["--version"], { env })).stdout.trim();
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 11 || (major === 11 && minor >= 15)) return;
  throw new Error(`npm 11.15 or newer stages packages, and this is npm ${version}`);
}

/**
 * @param {string} tag
 * @param {boolean} provenance
 */
function flags(tag, provenance) {
  const retries = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=1000"];
  return ["--ignore-scripts", "--access=public", `--tag=${tag}`, `--provenance=${provenance}`, ...retries];
}

/**
 * The command: `DIRECTORY [--stage] [--dry-run]`.
 *
 * @param {string[]} args
 * @param {import("./project.mjs").Project} project
 */
export async function publishCommand(args, project) {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { stage: { type: "boolean", default: false }, "dry-run": { type: "boolean", default: false } },
  });
  if (positionals[0] === undefined) throw new Error("usage: publish DIRECTORY [--stage] [--dry-run]");
  // Provenance comes from the identity of a run, which GitHub gives to a job with `id-token: write`.
  const provenance = process.env.ACTIONS_ID_TOKEN_REQUEST_URL !== undefined;
  await publish(positionals[0], project, { provenance, stage: values.stage, dryRun: values["dry-run"] });
}
