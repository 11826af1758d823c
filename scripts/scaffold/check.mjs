// @ts-check
/**
 * Makes a repository by `npm run scaffold` in an empty folder, and does there what its README says, as its owner would.
 *
 * usage: node scripts/scaffold/check.mjs [--whole]
 *
 * With --whole, its rehearsal too, for Lambda's two platforms, and the function from its zip files in Lambda's runtime.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LambdaFunction } from "@compute-pi-rs/lambda-emulator";
import { environmentWith } from "@compute-pi-rs/pinned-tools";
import { run, runOrThrow } from "@compute-pi-rs/steps";
import { rustStandardLibrary } from "../binaries/toolchain.mjs";
import { platformTargets, root } from "../lib/paths.mjs";

const DIGEST = "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85";
const named = ["--name", "@acme/digest", "--repository", "https://github.com/acme/digest"];
const whole = process.argv.includes("--whole");

const base = mkdtempSync(join(tmpdir(), "compute-pi-rs-scaffold-"));
const folder = join(base, "digest");
// Crates of others that are built for this repository are the same there.
const env = { ...process.env, CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(root, "crate", "target") };
let [passed, failed] = [0, 0];

try {
  await check("npm run scaffold", async () => {
    await runOrThrow("npm", ["run", "scaffold", "--", folder, ...named], { cwd: root });
    const again = await run("npm", ["run", "scaffold", "--", folder, ...named], { cwd: root });
    assert.match(again.stderr, /is not empty/);
    return `${lines()} lines`;
  });
  await check("nothing of pi is in it", () => {
    const about = files().filter(([, text]) => /\bpi\b|chudnovsky|spigot/i.test(text.replaceAll(/compute-pi-rs/g, "")));
    assert.deepEqual(
      about.map(([path]) => path),
      [],
    );
    assert.ok(lines() < 1200);
  });
  await check("npm start", async () => assert.ok((await inside("npm", "start")).endsWith(`${DIGEST}  abc\n`)));
  await check("npm test", () => inside("npm", "test"));
  await check("rustfmt", () => inside("cargo", "fmt", "--manifest-path", "crate/Cargo.toml", "--check"));
  if (whole) await checkRelease();
} finally {
  rmSync(base, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function checkRelease() {
  await check("clippy", () => {
    const flags = ["--locked", "--all-targets", "--", "-D", "warnings"];
    return inside("cargo", "clippy", "--manifest-path", "crate/Cargo.toml", ...flags);
  });
  const platforms = ["linux-x64-gnu", "linux-arm64-gnu"];
  for (const platform of platforms) {
    Object.assign(env, await rustStandardLibrary(platformTargets()[platform] ?? ""));
  }
  Object.assign(env, await environmentWith("build"));
  await check("npm run rehearse", async () => {
    const printed = await inside("npm", "run", "rehearse", "--", ...platforms);
    assert.equal(printed.match(new RegExp(`of the installed package: ${DIGEST}`, "g"))?.length, 2);
  });
  await check("npm run check:binaries", () => inside("npm", "run", "check:binaries"));
  for (const [cpu, architecture] of /** @type {const} */ ([
    ["x64", "x86_64"],
    ["arm64", "arm64"],
  ])) {
    await check(`the function in Lambda's runtime on ${architecture}`, async () => {
      const zip = join(folder, "packages", `lambda-${cpu}.zip`);
      const settings = { handler: "handler.handler", architecture, timeout: 60 };
      const deployed = await LambdaFunction.deploy({ zip, ...settings });
      const { payload } = await deployed.invoke({ text: "abc" });
      await deployed.remove();
      assert.deepEqual(payload, { digest: DIGEST });
    });
  }
}

/**
 * @param {string} name
 * @param {() => unknown} work that may give something to tell
 */
async function check(name, work) {
  const start = performance.now();
  try {
    const told = await work();
    passed += 1;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`✓ ${name}: ${seconds} s${typeof told === "string" && /^.+$/.test(told) ? `, ${told}` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @param {string} command @param {string[]} args @returns {Promise<string>} what it printed */
async function inside(command, ...args) {
  return (await runOrThrow(command, args, { cwd: folder, env })).stdout;
}

/** The size of the repository, without lockfiles. */
function files() {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const isOwn = entry.isFile() && !/[/\\](node_modules|dist|packages|platforms|vendor)[/\\]|lock|\.node$/.test(path);
    return isOwn ? [/** @type {const} */ ([path.slice(folder.length + 1), readFileSync(path, "utf8")])] : [];
  });
}

function lines() {
  return files().reduce((sum, [, text]) => sum + text.split("\n").length - 1, 0);
}
