// @ts-check
// Packs a release: what stands in tools, every platform's binary that was built, and the main package.
//
//   node scripts/release/pack.mjs DIRECTORY
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack, readRelease } from "@compute-pi-rs/addon-release";
import { platformTargets, root } from "../lib/paths.mjs";
import { packMain, packPlatform } from "../package/packed.mjs";
import { buildModules } from "../wasm/build.mjs";
import { project, publishedTools } from "./project.mjs";

/**
 * @param {string} directory where the tarballs go
 * @returns {Promise<import("@compute-pi-rs/addon-release").Release>}
 */
export async function packRelease(directory) {
  const platforms = Object.keys(platformTargets());
  const missing = platforms.filter((platform) => !existsSync(binaryOf(platform)));
  if (missing.length > 0) throw new Error(`no binary was built for ${missing.join(", ")}`);
  await buildModules(true);
  mkdirSync(directory, { recursive: true });
  for (const folder of publishedTools()) await pack(join(root, folder), directory);
  for (const platform of platforms) await packPlatform(platform, binaryOf(platform), directory);
  await packMain(directory);
  return readRelease(directory, project);
}

/** @param {string} platform */
function binaryOf(platform) {
  return join(root, "platforms", platform, "index.node");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [directory] = process.argv.slice(2);
  if (directory === undefined) throw new Error("usage: pack.mjs DIRECTORY");
  const { version, all } = await packRelease(directory);
  console.log(`compute-pi-rs ${version} and ${all.length - 1} packages beside it are in ${directory}`);
}
