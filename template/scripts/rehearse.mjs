// @ts-check
/**
 * Publishes the packages to a registry on loopback, installs them from there into an empty folder as users do, calls them from
 * CommonJS and ES modules, and makes the zip files of the Lambda function in `lambda`.
 *
 * usage: npm run rehearse [-- PLATFORM…]   this machine's platform, unless others are named
 */
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build, root } from "./lib.mjs";

build();
// They are installed by now.
const { binaryIn, buildPlatform, manifestIn, packAll, packInstalled, placePlatform } = await import("@compute-pi-rs/addon-release");
const { Consumer, Registry } = await import("@compute-pi-rs/registry");
const { zipSync } = await import("fflate");
const { platformName } = createRequire(import.meta.url)("../dist/native.js");

const named = process.argv.slice(2);
for (const platform of named) await buildPlatform(root, platform);
// As this machine links it: no other will load it.
if (named.length === 0) placePlatform(root, platformName(), binaryIn(root));

const { name, version, dependencies = {} } = manifestIn(root);
const packed = await packAll(root);
const registry = await Registry.start();
try {
  const others = await packInstalled(root, Object.keys(dependencies), join(root, "packages", "dependencies"));
  for (const { tarball } of [...others, ...packed]) await registry.publish(tarball);
  await check();
  for (const cpu of ["x64", "arm64"].filter((cpu) => packed.some(({ tarball }) => tarball.includes(`linux-${cpu}-gnu`)))) {
    await zip(cpu);
  }
} finally {
  await registry.stop();
}

async function check() {
  const project = new Consumer(registry.url);
  await project.install([`${name}@${version}`]);
  const call = `digest(Buffer.from("abc")).then((bytes) => console.log(Buffer.from(bytes).toString("hex")))`;
  // Lambda runs its Node.js without require(esm).
  project.write("a.cjs", `const { digest } = require("${name}"); ${call};`);
  project.write("b.mjs", `import { digest } from "${name}"; ${call};`);
  for (const file of ["a.cjs", "b.mjs"]) {
    const { stdout } = await project.runOrThrow(process.execPath, [file]);
    if (!stdout.startsWith("6437b3ac38465133")) throw new Error(`${file} printed ${stdout}`);
    console.log(`${file} of the installed package: ${stdout.trim()}`);
  }
  project.dispose();
}

/** @param {string} cpu */
async function zip(cpu) {
  const project = new Consumer(registry.url);
  await project.install([`${name}@${version}`], { target: { os: "linux", cpu, libc: "glibc" } });
  cpSync(join(root, "lambda", "handler.mjs"), join(project.directory, "handler.mjs"));
  /** @type {Record<string, Uint8Array>} */
  const files = {};
  for (const entry of readdirSync(project.directory, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[path.slice(project.directory.length + 1).replaceAll("\\", "/")] = readFileSync(path);
  }
  project.dispose();
  const archive = join(root, "packages", `lambda-${cpu}.zip`);
  writeFileSync(archive, zipSync(files));
  console.log(`${archive}: ${Math.round(readFileSync(archive).length / 1024)} kB`);
}
