// @ts-check
/**
 * Publishes the packages to a registry on loopback, installs them from there into an empty folder as users do, calls them from
 * CommonJS and ES modules, and makes the zip files of the Lambda function in `lambda`.
 *
 * usage: npm run rehearse [-- PLATFORM…]   this machine's platform, unless others are named
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildBinary, buildScripts, place } from "./build.mjs";
import { binaryOf, manifest, root, run } from "./lib.mjs";
import { pack } from "./pack.mjs";

buildScripts();
// It is installed by now.
const { zipSync } = await import("fflate");
const { platformName } = createRequire(import.meta.url)("../dist/native.js");
const named = process.argv.slice(2);
for (const platform of named) buildBinary(platform);
if (named.length === 0) {
  // As this machine links it: no other will load it.
  buildBinary();
  place(binaryOf(), platformName());
}
const tarballs = pack(false);

const tools = join(root, "rehearsal");
run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: tools });
const home = mkdtempSync(join(tmpdir(), "{{name}}-rehearsal-"));
const server = fork(join(tools, "registry.mjs"), [home], { execArgv: [] });
try {
  const [registry] = await once(server, "message");
  // No configuration, cache or credential of whoever runs this; publishing wants a token, even where none is asked for.
  writeFileSync(join(home, ".npmrc"), `registry=${registry}\n//${new URL(registry).host}/:_authToken=loopback\n`);
  const env = { PATH: process.env.PATH, HOME: home, npm_config_userconfig: join(home, ".npmrc") };
  // The registry has no other: a package that this one depends on is published there as it was installed here.
  const dependencies = Object.keys(manifest.dependencies).map((name) => join(root, "node_modules", name));
  for (const path of [...dependencies, ...tarballs]) {
    run("npm", ["publish", path, "--ignore-scripts", "--provenance=false"], { cwd: home, env, quiet: true });
  }
  check(env);
  for (const cpu of ["x64", "arm64"].filter((cpu) => tarballs.some((path) => path.includes(`linux-${cpu}-gnu`)))) {
    zip(cpu, env);
  }
} finally {
  server.kill();
  rmSync(home, { recursive: true, force: true });
}

/** @param {NodeJS.ProcessEnv} env @param {string[]} [flags] @returns {string} an empty folder with the package */
function installed(env, flags = []) {
  const folder = mkdtempSync(join(home, "project-"));
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...flags, `${manifest.name}@${manifest.version}`];
  run("npm", args, { cwd: folder, env, quiet: true });
  return folder;
}

/** @param {NodeJS.ProcessEnv} env */
function check(env) {
  const folder = installed(env);
  const call = `digest(Buffer.from("abc")).then((bytes) => console.log(Buffer.from(bytes).toString("hex")))`;
  const programs = {
    // Lambda runs its Node.js without require(esm).
    "a.cjs": `const { digest } = require("${manifest.name}"); ${call};`,
    "b.mjs": `import { digest } from "${manifest.name}"; ${call};`,
  };
  for (const [file, text] of Object.entries(programs)) {
    writeFileSync(join(folder, file), text);
    const printed = run(process.execPath, [file], { cwd: folder, env, quiet: true });
    if (!printed.startsWith("6437b3ac38465133")) throw new Error(`${file} printed ${printed}`);
    console.log(`${file} of the installed package: ${printed.trim()}`);
  }
}

/** @param {string} cpu @param {NodeJS.ProcessEnv} env */
function zip(cpu, env) {
  const folder = installed(env, ["--os=linux", `--cpu=${cpu}`, "--libc=glibc"]);
  cpSync(join(root, "lambda", "handler.mjs"), join(folder, "handler.mjs"));
  /** @type {Record<string, Uint8Array>} */
  const files = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[path.slice(folder.length + 1).replaceAll("\\", "/")] = readFileSync(path);
  }
  const archive = join(root, "packages", `lambda-${cpu}.zip`);
  writeFileSync(archive, zipSync(files));
  console.log(`${archive}: ${Math.round(readFileSync(archive).length / 1024)} kB`);
}
