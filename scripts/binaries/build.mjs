// @ts-check
/**
 * Builds the addon for the named platforms (default: all that can be built on this machine) into
 * platforms/NAME/index.node.
 *
 * usage: node scripts/binaries/build.mjs [PLATFORM…]
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { platformTargets, root } from "../lib/paths.mjs";
import { compile, place, recipe } from "@compute-pi-rs/addon-release";
import { shared } from "../lib/shared.mjs";
import { environmentWith } from "@compute-pi-rs/pinned-tools";
import { remappedPaths, rustStandardLibrary } from "./toolchain.mjs";

/**
 * Builds a platform's binary, once in a run of the checks.
 *
 * @param {string} platform
 * @returns {Promise<string>} the path of the binary
 */
export async function build(platform) {
  const binary = join(root, "platforms", platform, "index.node");
  await shared(`binary-${platform}`, async () => {
    place(await library(platform), binary);
  });
  return binary;
}

/**
 * @param {string} platform
 * @returns {Promise<string>} the path of the library that cargo makes
 */
async function library(platform) {
  const target = platformTargets()[platform];
  if (target === undefined) throw new Error(`${platform} is not among neon.platforms of package.json`);
  const plan = recipe(target);
  if (plan === undefined) throw new Error(`${platform} can be built only on such a machine`);
  const standard = await rustStandardLibrary(target);
  const tools = plan.command === "zigbuild" ? await environmentWith("build") : process.env;
  return compile({
    manifest: join(root, "crate", "Cargo.toml"),
    crate: "compute-pi-addon",
    recipe: plan,
    flags: await remappedPaths(),
    env: { ...tools, ...standard },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = Object.entries(platformTargets());
  const named = process.argv.slice(2);
  const platforms = named.length > 0 ? named : all.flatMap(([name, target]) => (recipe(target) ? [name] : []));
  for (const platform of platforms) {
    console.log(`${platform} → ${await build(platform)}`);
  }
}
