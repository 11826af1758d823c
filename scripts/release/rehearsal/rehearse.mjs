// @ts-check
// Rehearses a release: the maintainer's commands, then `.github/workflows/release.yml` itself, job by job, run by act with
// the lines, folders and relative paths that GitHub would use, against a registry on loopback. Ends with the lists of what
// something stood in for and of what did not run, and with the line `N passed, N failed, N skipped`.
//
//   npm run rehearse [-- --all]
//
// --all builds and tests every platform that a Linux machine can build, installs with every package manager, and builds the
// site; without it, one of each, and no site: the check `docs` builds the same.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { recipe } from "@compute-pi-rs/addon-release";
import { linuxRuntimes } from "@compute-pi-rs/foreign-systems";
import { rustVersion } from "../../binaries/rust-version.mjs";
import { rustStandardLibrary } from "../../binaries/toolchain.mjs";
import { platformTargets, readManifest, root } from "../../lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { Consumer, Registry } from "@compute-pi-rs/registry";
import { installTools, nodeRuntimes, tools } from "@compute-pi-rs/pinned-tools";
import { crates as released } from "../crate.mjs";
import { names } from "../names.mjs";
import { project } from "../project.mjs";
import { publishDependencies } from "../stage.mjs";
import { Account } from "./account.mjs";
import { act, installAct, standIns } from "./act.mjs";
import { checkAssets, checkExamples, checkTools } from "./afterwards.mjs";
import { CrateRegistry } from "./crate-registry.mjs";
import { Gate } from "./gate.mjs";
import { otherLegs, runners, withoutJobs } from "./legs.mjs";
import { Scratch } from "./scratch.mjs";

const { name, neon } = readManifest(root);
const all = process.argv.includes("--all");
const targets = platformTargets();
const platforms = all
  ? Object.keys(targets).filter((platform) => recipe(targets[platform] ?? "", "linux"))
  : ["linux-x64-gnu"];
/** The rows of matrices that run, by one of their keys. @type {Record<string, readonly string[]>} */
const chosen = { runner: runners, platform: platforms, ...(!all && { manager: ["npm"] }) };
const left = all ? [] : ["documentation"];

const start = Date.now();
const account = new Account();
await installTools();
const command = await installAct();
for (const platform of platforms) await rustStandardLibrary(targets[platform] ?? "");
const base = mkdtempSync(join(tmpdir(), "compute-pi-rs-rehearsal-"));
const artifacts = join(base, "artifacts");
const registry = await Registry.start();
await publishDependencies(registry);
const uplink = (await runOrThrow("npm", ["config", "get", "registry"])).stdout.trim();
const gate = await Gate.open(registry.url, { uplink, own: (each) => isOwn(each) || each.startsWith("@neon-rs/") });
const crates = await CrateRegistry.open();
const publisher = new Consumer(gate.url);
const runtimes = await linuxRuntimes();
const scratch = await Scratch.make(base);

try {
  await rehearse();
} finally {
  await gate.close();
  await crates.close();
  await registry.stop();
  publisher.dispose();
  rmSync(base, { recursive: true, force: true });
}
account.notRun("OIDC: the identity that npm and crates.io trust, and the provenance that is made from it");
account.notRun("environments: the reviewers of `npm`, `crates-io` and `github-pages`");
console.log(`\n${((Date.now() - start) / 1000).toFixed(0)} s`);
process.exitCode = account.close() ? 0 : 1;

async function rehearse() {
  const moved = await account.check("npm version minor", async () => {
    const before = scratch.version;
    await scratch.sayWhatChanges();
    await scratch.runOrThrow("npm", ["version", "minor"]);
    assert.equal((await scratch.runOrThrow("git", ["status", "--porcelain"])).stdout, "");
    return `${before} → ${scratch.version}`;
  });
  if (!moved) return;
  const tag = `v${scratch.version}`;

  await account.check("npm run release:push before the review: main is refused, and the tag with it", async () => {
    const { exitCode, stderr } = await scratch.run("npm", ["run", "release:push"]);
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /main is protected/);
    assert.equal((await scratch.runOrThrow("git", ["ls-remote", "--tags", "origin"])).stdout, "");
  });
  await account.check("a tag that came without its commit starts nothing", async () => {
    await scratch.runOrThrow("git", ["push", "--quiet", "origin", tag]);
    const results = new Map();
    await runWorkflow(tag, ["--job", "tag"], ({ jobID, jobResult }) => jobResult && results.set(jobID, jobResult));
    assert.deepEqual([...results], [["tag", "failure"]]);
    await scratch.runOrThrow("git", ["push", "--quiet", "--delete", "origin", tag]);
  });
  await account.check("npm run release:push after the review", async () => {
    await scratch.merge();
    await scratch.runOrThrow("npm", ["run", "release:push"]);
  });

  // The legs that cannot run leave files that nobody can load: the packages have to be whole.
  for (const platform of Object.keys(targets).filter((each) => !platforms.includes(each))) {
    const folder = join(artifacts, `binary-${platform}`, platform);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.node"), `stands in for the binary of ${platform}\n`);
    account.standIn(`the binary of ${platform}`);
  }
  for (const leg of [...left, ...otherLegs(root, "release.yml", chosen)]) account.notRun(leg);
  /** @type {Map<string, string>} */
  const jobs = new Map();
  const { code, problems } = await runWorkflow(tag, [], (event) => {
    account.read(event);
    if (event.jobResult && event.jobID) jobs.set(event.jobID, event.jobResult);
    if (event.jobID === "released" && event.msg?.startsWith("⭐ Run Main node ")) void approve();
  });
  if (code !== 0) account.fail("release.yml", problems);
  console.log(`jobs: ${[...jobs].map(([job, result]) => `${job} ${result}`).join(", ")}`);

  await account.check("the packages are there: tools, platforms, and the main one last", async () => {
    assert.deepEqual(gate.published, names);
    return gate.published.join(", ");
  });
  await account.check("the crates are there", async () => {
    const wanted = released.map((crate) => `${crate} ${scratch.version}`);
    assert.deepEqual(crates.published, wanted);
  });
  const packages = join(artifacts, "packages");
  await account.check("the publication again: nothing is left to do", async () => {
    const env = {
      ...process.env,
      ...publisher.env,
      PATH: [join(base, "nodes", "24"), process.env.PATH].join(delimiter),
    };
    const args = ["scripts/release/publish.mjs", packages, "--stage"];
    const { stdout } = await runOrThrow("node", args, { cwd: scratch.directory, env });
    assert.equal(stdout.match(/is there already, with the same contents/g)?.length, gate.published.length);
  });
  await checkTools(account, project.companions ?? [], gate.url, scratch.version);
  await checkExamples(account, scratch.directory, gate.url);
  const loadable = runtimes.filter(({ platform }) => platforms.includes(platform));
  await checkAssets(account, join(artifacts, "assets"), loadable, scratch.version);
}

/** The maintainer's part while the workflow waits: nobody gets the package before. */
async function approve() {
  await account.check("npm stage approve: before it, nobody gets the release", async () => {
    const answer = await fetch(new URL(name, registry.url));
    assert.equal(answer.status, 404);
    assert.deepEqual(gate.staged, [name]);
    await gate.approve();
  });
  account.standIn("npm stage approve, with its second factor");
}

/**
 * @param {string} tag that starts it
 * @param {string[]} flags of act
 * @param {(event: import("./act.mjs").ActEvent) => void} on
 */
function runWorkflow(tag, flags, on) {
  const event = join(base, "event.json");
  const repository = { default_branch: "main" };
  writeFileSync(event, JSON.stringify({ ref: `refs/tags/${tag}`, ref_name: tag, ref_type: "tag", repository }));
  const workflow = join(base, "release.yml");
  writeFileSync(workflow, withoutJobs(join(scratch.directory, ".github", "workflows", "release.yml"), left));
  const programs = fileURLToPath(new URL("stand-ins/programs", import.meta.url));
  const old = runtimes.find(({ emulated, platform }) => !emulated && platform === "linux-x64-gnu");
  mkdirSync(artifacts, { recursive: true });
  const variables = {
    PATH: [programs, process.env.PATH].join(delimiter),
    // Nobody counts the runs of the programs that are rehearsed.
    CI: "true",
    REHEARSAL_REPOSITORY: scratch.remote,
    REHEARSAL_ARTIFACTS: artifacts,
    REHEARSAL_WORKSPACES: join(root, "crate", "target", "rehearsal"),
    REHEARSAL_RUST: rustVersion,
    REHEARSAL_RUSTUP: join(process.env.CARGO_HOME ?? join(process.env.HOME ?? "", ".cargo"), "bin", "rustup"),
    REHEARSAL_NODES: JSON.stringify({ own: ownNodes(), arm: emulatedNodes(), env: variablesOf() }),
    REHEARSAL_OLD_GLIBC: JSON.stringify({ loader: old?.command, libraries: old?.args[1] }),
    REHEARSAL_LIBRARY: "libcompute_pi_rs.so",
  };
  const args = ["push", "--workflows", workflow, "--eventpath", event, ...flags];
  args.push("--use-new-action-cache", "--action-offline-mode", "--no-skip-checkout", "--no-cache-server");
  args.push("--pull=false", "--action-cache-path", join(base, "act"), "--secret", "GITHUB_TOKEN=rehearsal-token");
  for (const runner of runners) args.push("--platform", `${runner}=-self-hosted`);
  for (const [key, values] of Object.entries(chosen)) {
    for (const value of values) args.push("--matrix", `${key}:${value}`);
  }
  for (const [key, value] of Object.entries(variables)) args.push("--env", `${key}=${value}`);
  return act(command, [...args, ...standIns(root)], { cwd: scratch.directory, env: process.env, on });
}

/** @returns {Record<string, string>} for each major version, a folder with `node`, and with an npm that can stage */
function ownNodes() {
  return Object.fromEntries(
    nodeRuntimes().map(({ major, path }) => {
      const folder = join(base, "nodes", String(major));
      if (!mkdirSync(folder, { recursive: true })) return [major, folder];
      symlinkSync(path, join(folder, "node"));
      if (major >= 20) symlinkSync(tools.npm, join(folder, "npm"));
      if (major >= 20) symlinkSync(tools.npx, join(folder, "npx"));
      return [major, folder];
    }),
  );
}

/** @returns {Record<string, string>} for a platform and a major version, a folder with a `node` that is emulated */
function emulatedNodes() {
  const nodes = runtimes.filter(({ emulated, name: each }) => emulated && each.startsWith("Node.js"));
  const newest = nodes.filter(
    ({ platform }, index) => !nodes.slice(index + 1).some((next) => next.platform === platform),
  );
  return Object.fromEntries(
    (all ? nodes : newest).map(({ platform, name: each, command: program, args }) => {
      const major = /\d+/.exec(each)?.[0] ?? "";
      const folder = join(base, "nodes", `${platform}-${major}`);
      mkdirSync(folder, { recursive: true });
      const line = [program, ...args].map((word) => `'${word}'`).join(" ");
      writeFileSync(join(folder, "node"), `#!/bin/sh\nexec ${line} "$@"\n`, { mode: 0o755 });
      return [`${platform} ${major}`, folder];
    }),
  );
}

/** @returns {Record<string, Record<string, string>>} what the jobs that talk to a registry have in their environment */
function variablesOf() {
  const npm = Object.fromEntries(
    Object.entries(publisher.env).flatMap(([key, value]) =>
      key.startsWith("npm_config_") && value !== undefined ? [[key, value]] : [],
    ),
  );
  // The package managers are fetched from the registry that this machine uses, and are kept. Of the packages nothing is: the
  // next rehearsal has the same version with other contents.
  const { npm_config_cache: _, ...user } = npm;
  const home = join(base, "home");
  const caches = {
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_STATE_HOME: join(home, "state"),
    YARN_GLOBAL_FOLDER: join(home, "yarn"),
    BUN_INSTALL_CACHE_DIR: join(home, "bun"),
    DENO_DIR: join(home, "deno"),
  };
  const yarn = {
    YARN_NPM_REGISTRY_SERVER: gate.url,
    YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1",
    YARN_ENABLE_TELEMETRY: "0",
  };
  // Deno reads this one by its capitals.
  const deno = { NPM_CONFIG_REGISTRY: npm.npm_config_registry ?? gate.url };
  return { publish: npm, released: npm, crate: crates.env, install: { ...user, ...caches, ...yarn, ...deno } };
}

/** @param {string} each the name of a package */
function isOwn(each) {
  return each === name || each.startsWith(`${neon?.org}/`);
}
