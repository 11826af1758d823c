// @ts-check
// Rehearses releases for real, against a registry on loopback: the scripts that the release workflow calls, in its order,
// in a scratch clone of what is committed. It ends with the line `N passed, N failed`.
import assert from "node:assert/strict";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { linuxRuntimes } from "../../binaries/runtimes.mjs";
import { readManifest, root } from "../../lib/paths.mjs";
import { run, runOrThrow } from "../../lib/run.mjs";
import { Consumer } from "../../registry/consumer.mjs";
import { Registry } from "../../registry/server.mjs";
import { installTools, nodeRuntimes, tools } from "../../tools/tools.mjs";
import { publishDependencies } from "../stage.mjs";
import { Gate } from "./gate.mjs";
import { Report } from "./report.mjs";
import { Scratch } from "./scratch.mjs";

/** Those that Lambda runs; they are built and run on any Linux machine. */
const platforms = ["linux-x64-gnu", "linux-arm64-gnu"];
const { name } = readManifest(root);
const check = fileURLToPath(new URL("../check.cjs", import.meta.url));

await installTools();
const report = new Report();
const base = mkdtempSync(join(tmpdir(), "compute-pi-rs-rehearsal-"));
const registry = await Registry.start();
await publishDependencies(registry);
const gate = await Gate.open(registry.url);
const publisher = new Consumer(gate.url);
const scratch = await Scratch.make(platforms);

// The old and the foreign systems come from Debian's packages.
const emulates = process.arch === "x64" && existsSync("/usr/share/keyrings/debian-archive-keyring.gpg");

/** Each way to run a program here: old and emulated systems, then this machine's own Node.js versions. */
const runtimes = [
  // One emulated Node.js shows that the binary is of its platform; `npm test -- --only binaries` has them all.
  ...(emulates ? (await linuxRuntimes()).filter(isNewest) : []),
  ...nodeRuntimes().map(({ version, path }) => ({
    name: `Node.js ${version}`,
    platform: `linux-${process.arch}-gnu`,
    command: path,
    args: /** @type {string[]} */ ([]),
  })),
].filter(({ platform }) => platforms.includes(platform));

const user = new Consumer(registry.url);
try {
  await release("minor", "The first rehearsed release.");
  await report.step("a user installs it", () => install(user, name));
  await assets();
  await layers();
  await prepare("patch", "The second rehearsed release.");
  await failures();
  await report.step("the release is resumed", () => publish(2));
  await report.step("the user upgrades", () => install(user, `${name}@latest`));
  for (const manager of ["npm", "pnpm", "yarn", "bun", "deno"]) {
    await report.step(`the smoke test with ${manager}`, () => smoke(manager));
  }
  await runnable("linux-arm64-gnu", "a new user installs it for arm64", () =>
    report.step("a new user installs it for arm64", async () => {
      const arm = new Consumer(registry.url);
      await arm.install([name], { target: { os: "linux", cpu: "arm64", libc: "glibc" } });
      const detail = await checkIn(arm.directory, "linux-arm64-gnu", 1);
      arm.dispose();
      return detail;
    }),
  );
} finally {
  await gate.close();
  await registry.stop();
  for (const consumer of [user, publisher, scratch]) consumer.dispose();
  rmSync(base, { recursive: true, force: true });
}
process.exitCode = report.close() ? 0 : 1;

/**
 * Does what needs a runtime of a platform, or says that this machine has none.
 *
 * @param {string} platform
 * @param {string} name of the step
 * @param {() => Promise<void>} step
 */
async function runnable(platform, name, step) {
  if (runtimes.some((runtime) => runtime.platform === platform)) await step();
  else report.skip(name, `nothing here runs programs of ${platform}: no keys of Debian's packages, or no x64 machine`);
}

/**
 * @param {import("../../binaries/runtimes.mjs").Runtime} runtime
 * @param {number} index
 * @param {readonly import("../../binaries/runtimes.mjs").Runtime[]} all
 */
function isNewest({ platform, emulated }, index, all) {
  return !emulated || !all.slice(index + 1).some((later) => later.platform === platform);
}

/** @param {string} bump @param {string} change */
async function release(bump, change) {
  await prepare(bump, change);
  await report.step("publish", () => publish(platforms.length + 1));
  await report.step("publish again: nothing is left to do", () => publish(0));
}

/**
 * All that comes before the first publication.
 *
 * @param {string} bump
 * @param {string} change
 */
async function prepare(bump, change) {
  await report.step(`npm version ${bump}`, async () => {
    await scratch.change(change);
    const before = scratch.version;
    await scratch.runOrThrow("npm", ["version", bump]);
    await scratch.runOrThrow("git", ["update-ref", "refs/remotes/origin/main", "HEAD"]);
    await scratch.runOrThrow("node", ["scripts/release/check-tag.mjs", `v${scratch.version}`, "main"]);
    await scratch.runOrThrow("git", ["describe", "--exact-match", "--match", `v${scratch.version}`]);
    const { stdout } = await scratch.runOrThrow("git", ["status", "--porcelain"]);
    assert.equal(stdout, "", "the version left changes behind");
    await scratch.runOrThrow("cargo", [
      "metadata",
      "--locked",
      "--format-version=1",
      "--manifest-path=crate/Cargo.toml",
    ]);
    return `${before} → ${scratch.version}`;
  });
  await report.step("build both binaries", async () => {
    await scratch.runOrThrow("npm", ["run", "build:binaries", "--", ...platforms]);
  });
  await report.step("check the binaries", async () => {
    const { stdout } = await scratch.runOrThrow("npm", ["run", "--silent", "check:binaries", "--", ...platforms]);
    return `\n${stdout.trimEnd()}\n`;
  });
  await report.step("pack", async () => {
    rmSync(packages(), { recursive: true, force: true });
    const { stdout } = await scratch.runOrThrow("node", ["scripts/release/pack.mjs", packages()]);
    assert.equal(
      (await scratch.runOrThrow("git", ["status", "--porcelain"])).stdout,
      "",
      "packing left changes behind",
    );
    return stdout.trim();
  });
  await report.step("install for every platform, before anything is published", async () => {
    await scratch.runOrThrow("node", ["scripts/release/stage.mjs", packages(), join(base, "staged")]);
  });
  for (const platform of platforms) await runnable(platform, `test ${platform}`, async () => {});
  for (const runtime of runtimes) {
    await report.step(`test ${runtime.platform} on ${runtime.name}`, async () =>
      works(runtime, join(base, "staged", runtime.platform)),
    );
  }
}

/** A release that fails in each way: whoever installs meanwhile gets the one before, whole. */
async function failures() {
  const before = scratch.version.replace(/\d+$/, (patch) => String(Number(patch) - 1));
  const arm = `${name}-linux-arm64-gnu-${scratch.version}.tgz`;

  await report.step("a platform is missing: nothing is published", async () => {
    const kept = join(base, arm);
    cpSync(join(packages(), arm), kept);
    rmSync(join(packages(), arm));
    await publishFails(/linux-arm64-gnu is missing/, gate);
    cpSync(kept, join(packages(), arm));
    return installsWhole(before);
  });
  await report.step("the registry is down: nothing is published", async () => {
    gate.breakAfter(0);
    await publishFails(/gave no answer/, gate);
    gate.repair();
    return installsWhole(before);
  });
  await report.step("the version is there with other contents: nothing is published", async () => {
    const other = await Registry.start();
    const way = await Gate.open(other.url);
    try {
      const folder = join(base, "other");
      mkdirSync(folder);
      const manifest = { name: `@${name}/linux-arm64-gnu`, version: scratch.version };
      writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
      await run("npm", ["pack"], { cwd: folder });
      await other.publish(join(folder, arm));
      await publishFails(/published already, with other contents/, way);
    } finally {
      await way.close();
      await other.stop();
    }
  });
  await report.step("the registry fails after one package", async () => {
    gate.breakAfter(1);
    await publishFails(/./, gate, 1);
    gate.repair();
    return installsWhole(before);
  });
}

/** @param {number} count how many packages it has to publish */
async function publish(count) {
  const before = gate.published.length;
  await scratch.runOrThrow("node", ["scripts/release/publish.mjs", packages()], publisher.env);
  const published = gate.published.slice(before);
  assert.equal(published.length, count);
  if (count > 0) assert.equal(published.at(-1), name, "the main package is not the last");
  return count > 0 ? published.join(", ") : undefined;
}

/**
 * @param {RegExp} reason
 * @param {Gate} way
 * @param {number} [count] how many packages get through before
 */
async function publishFails(reason, way, count = 0) {
  const before = way.published.length;
  const consumer = new Consumer(way.url);
  const { code, stderr } = await scratch.run("node", ["scripts/release/publish.mjs", packages()], consumer.env);
  consumer.dispose();
  assert.notEqual(code, 0);
  assert.match(stderr, reason);
  const published = way.published.slice(before);
  assert.equal(published.length, count);
  assert.ok(!published.includes(name), "the main package was published");
}

/** @param {string} version what a new user has to get */
async function installsWhole(version) {
  const consumer = new Consumer(registry.url);
  try {
    const detail = await install(consumer, name);
    assert.match(detail, new RegExp(` ${version.replaceAll(".", "\\.")} works`));
    return `users get ${version}, whole`;
  } finally {
    consumer.dispose();
  }
}

/** @param {string} manager one of the pinned ones */
async function smoke(manager) {
  const bin = join(base, "bin");
  mkdirSync(bin, { recursive: true });
  for (const [command, path] of [
    ["pnpm", tools.pnpm],
    ["bun", tools.bun],
    ["deno", tools.deno],
  ]) {
    writeFileSync(join(bin, `${command}`), `#!/bin/sh\nexec "${path}" "$@"\n`, { mode: 0o755 });
  }
  writeFileSync(join(bin, "yarn"), `#!/bin/sh\nexec node "${tools.yarn}" "$@"\n`, { mode: 0o755 });
  const consumer = new Consumer(registry.url);
  const yarn = { YARN_NPM_REGISTRY_SERVER: registry.url, YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1" };
  const env = { ...consumer.env, ...yarn, PATH: [bin, process.env.PATH].join(delimiter) };
  const args = ["scripts/release/smoke.mjs", "--manager", manager, "--version", `v${scratch.version}`, "--installed"];
  const { stdout } = await scratch.runOrThrow("node", args, env);
  consumer.dispose();
  return stdout.trim().split("\n").at(-1);
}

/** @param {Consumer} consumer @param {string} spec */
async function install(consumer, spec) {
  await consumer.install([spec]);
  return checkIn(consumer.directory, `linux-${process.arch}-gnu`, 1);
}

/**
 * @param {string} directory
 * @param {string} platform
 * @param {number} count of runtimes, the newest
 */
async function checkIn(directory, platform, count) {
  copyFileSync(check, join(directory, "check.cjs"));
  const newest = runtimes.filter((runtime) => runtime.platform === platform).slice(-count);
  assert.notEqual(newest.length, 0, `nothing ran the package on ${platform}`);
  const details = [];
  for (const runtime of newest) details.push(await works(runtime, directory));
  return details.join("; ");
}

/**
 * @param {(typeof runtimes)[number]} runtime
 * @param {string} directory
 */
async function works({ command, args }, directory) {
  const result = await run(command, [...args, "check.cjs"], { cwd: directory, timeout: 300_000 });
  assert.equal(result.code, 0, `${result.stdout}${result.stderr}`);
  return result.stdout.trim();
}

async function assets() {
  await report.step("the assets of the GitHub Release", async () => {
    const [first, second] = [join(base, "assets"), join(base, "assets-again")];
    await scratch.runOrThrow("node", ["scripts/release/assets.mjs", packages(), first]);
    await scratch.runOrThrow("node", ["scripts/release/assets.mjs", packages(), second]);
    const files = readdirSync(first);
    const zips = files.filter((file) => file.endsWith(".zip"));
    assert.equal(zips.length, platforms.length);
    for (const zip of zips) assert.deepEqual(readFileSync(join(first, zip)), readFileSync(join(second, zip)), zip);
    await scratch.runOrThrow("sh", ["-c", `cd "${first}" && sha256sum --check --quiet SHA256SUMS`]);
    return files.join(", ");
  });
}

/** Lambda unpacks a layer below /opt, and names its modules in NODE_PATH. */
async function layers() {
  const program = `require(${JSON.stringify(name)}).generateString(10).then(console.log)`;
  for (const platform of platforms) {
    const runtime = runtimes.filter((each) => each.platform === platform).at(-1);
    if (runtime === undefined) {
      report.skip(`the Lambda layer for ${platform}`, "nothing here runs programs of that platform");
      continue;
    }
    await report.step(`the Lambda layer for ${platform} on ${runtime.name}`, async () => {
      const [, cpu] = platform.split("-");
      const opt = join(base, `opt-${cpu}`);
      const archive = join(base, "assets", `${name}-${scratch.version}-lambda-layer-${cpu}.zip`);
      await runOrThrow("python3", ["-m", "zipfile", "-e", archive, opt]);
      const env = { PATH: process.env.PATH, NODE_PATH: join(opt, "nodejs", "node_modules") };
      const { stdout } = await runOrThrow(runtime.command, [...runtime.args, "-e", program], { cwd: base, env });
      assert.equal(stdout, "3141592653\n");
    });
  }
}

/** @returns {string} the folder with the packed packages */
function packages() {
  return join(base, "packages");
}
