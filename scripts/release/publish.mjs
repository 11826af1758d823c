// @ts-check
// Publishes a release: the platform packages first, then the main one, so that whoever can install the main package can
// install its binary. Safe to run again: what is there already is skipped, and has to be what is here.
//
//   node scripts/release/publish.mjs DIRECTORY [--dry-run]
//
// It needs Node.js and npm only: the job that may publish installs nothing.
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runOrThrow } from "../lib/run.mjs";
import { distTag, latestVersion, publishedIntegrity, registryOf } from "./registry.mjs";
import { readRelease } from "./tarballs.mjs";

/**
 * @typedef {object} PublishOptions
 * @property {NodeJS.ProcessEnv} [env] what npm runs with: it names the registry
 * @property {boolean} [provenance] have npm state where the packages were built: only in CI
 * @property {boolean} [dryRun] only tell what would be published
 * @property {number} [patience] how long to wait for the registry to show what was published, in milliseconds
 * @property {(line: string) => void} [log]
 * @property {import("../lib/paths.mjs").Manifest} [project] the manifest that says what belongs to the release
 */

/**
 * @param {string} directory with the packed packages
 * @param {PublishOptions} [options]
 * @returns {Promise<{ published: string[], skipped: string[] }>}
 */
export async function publish(directory, options = {}) {
  const { env = process.env, provenance = false, dryRun = false, patience = 300_000, log = console.log } = options;
  const { version, platforms, main } = await readRelease(directory, options.project);

  const registry = await registryOf(env);

  // Everything is asked before anything is published.
  const order = [...platforms, main];
  const states = await Promise.all(
    order.map(async (tarball) => ({
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
    log(`${spec} ${dryRun ? "would be" : "is being"} published with the tag ${tag}`);
    if (!dryRun) await publishOne(tarball, { registry, tag, provenance, env, patience });
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
  const retries = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=1000"];
  const flags = ["--ignore-scripts", "--access=public", `--tag=${tag}`, `--provenance=${provenance}`, ...retries];
  /** @type {unknown} */
  let failure;
  await runOrThrow("npm", ["publish", path, ...flags], { env }).catch(
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { "dry-run": { type: "boolean" } },
  });
  if (positionals[0] === undefined) throw new Error("usage: publish.mjs DIRECTORY [--dry-run]");
  // Provenance comes from the identity of a run, which GitHub gives to a job with `id-token: write`.
  const provenance = process.env.ACTIONS_ID_TOKEN_REQUEST_URL !== undefined;
  await publish(positionals[0], { provenance, dryRun: values["dry-run"] ?? false });
}
