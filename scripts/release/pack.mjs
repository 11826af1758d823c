// @ts-check
// Packs a release: every platform's binary that was built, and the main package.
//
//   node scripts/release/pack.mjs DIRECTORY
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { platformTargets, root } from "../lib/paths.mjs";
import { packMain, packPlatform } from "../package/packed.mjs";
import { buildModules } from "../wasm/build.mjs";
import { readRelease } from "./tarballs.mjs";

/**
 * @param {string} directory where the tarballs go
 * @returns {Promise<import('./tarballs.mjs').Release>}
 */
export async function packRelease(directory) {
  const platforms = Object.keys(platformTargets());
  const missing = platforms.filter((platform) => !existsSync(binaryOf(platform)));
  if (missing.length > 0) throw new Error(`no binary was built for ${missing.join(", ")}`);
  await buildModules(true);
  mkdirSync(directory, { recursive: true });
  for (const platform of platforms) await packPlatform(platform, binaryOf(platform), directory);
  await packMain(directory);
  return readRelease(directory);
}

/** @param {string} platform */
function binaryOf(platform) {
  return join(root, "platforms", platform, "index.node");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [directory] = process.argv.slice(2);
  if (directory === undefined) throw new Error("usage: pack.mjs DIRECTORY");
  const { version, platforms } = await packRelease(directory);
  console.log(`compute-pi-rs ${version} and ${platforms.length} platform packages are in ${directory}`);
}
