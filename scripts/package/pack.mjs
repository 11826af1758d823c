// @ts-check
// Packs the package and this machine's binary, built if it is not there: two tarballs that install without a registry.
//
//   npm run package -- DIRECTORY
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { platformTargets, root } from "../lib/paths.mjs";
import { prepare } from "../lib/toolchain.mjs";

const [directory, ...rest] = process.argv.slice(2);
if (directory === undefined || rest.length > 0) {
  console.error("usage: npm run package -- DIRECTORY");
  process.exit(2);
}
prepare();
// These packages are installed by now.
const { runOrThrow, shown } = await import("@compute-pi-rs/steps");
const { packMain, packPlatform } = await import("./packed.mjs");
const binary = join(root, "index.node");
if (!existsSync(binary)) await runOrThrow("npm", ["run", "build:addon"], { cwd: root, ...shown });
const { stdout } = await runOrThrow("npx", ["--no-install", "neon", "show", "system"], { cwd: root });
const platform = stdout.trim();
if (!(platform in platformTargets())) throw new Error(`there is no package for ${platform}`);
const folder = resolve(directory);
const packed = [await packMain(folder), await packPlatform(platform, binary, folder)];
console.log(`Install them with: npm install ${packed.map(({ tarball }) => tarball).join(" ")}`);
