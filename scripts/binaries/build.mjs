// @ts-check
/**
 * Builds the addon for the named platforms (default: all that can be built on this machine) into
 * platforms/NAME/index.node.
 *
 * usage: node scripts/binaries/build.mjs [PLATFORM…]
 */
import { copyFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { platformTargets, root } from "../lib/paths.mjs";
import { run, shown } from "@compute-pi-rs/steps";
import { shared } from "../lib/shared.mjs";
import { environmentWith } from "@compute-pi-rs/pinned-tools";
import { remappedPaths, rustStandardLibrary } from "./toolchain.mjs";

/** The C library of Amazon Linux 2, and of every Lambda runtime since. */
export const glibcFloor = "2.26";

/**
 * @typedef {object} Recipe
 * @property {'zigbuild' | 'build'} command of cargo
 * @property {string} target as that command wants it
 * @property {string[]} rustFlags
 * @property {string} library the file that cargo makes
 */

/**
 * How a platform is built, by its Rust target; nothing where only a machine of that platform can build it.
 *
 * @param {string} target
 * @param {NodeJS.Platform} [host]
 * @returns {Recipe | undefined}
 */
export function recipe(target, host = process.platform) {
  if (/-linux-gnu(eabihf)?$/.test(target)) {
    const floored = `${target}.${glibcFloor}`;
    return { command: "zigbuild", target: floored, rustFlags: [], library: "libcompute_pi_rs.so" };
  }
  if (target.endsWith("-linux-musl")) {
    // A shared library cannot bring its own libc into a process that has one.
    const rustFlags = ["-Ctarget-feature=-crt-static"];
    return { command: "zigbuild", target, rustFlags, library: "libcompute_pi_rs.so" };
  }
  // Zig links for macOS too, but leaves out the list of what to export.
  if (target.endsWith("-apple-darwin") && host === "darwin") {
    return { command: "build", target, rustFlags: [], library: "libcompute_pi_rs.dylib" };
  }
  if (target.endsWith("-pc-windows-msvc") && host === "win32") {
    // Windows does not come with the Visual C++ run-time library.
    const rustFlags = ["-Ctarget-feature=+crt-static"];
    return { command: "build", target, rustFlags, library: "compute_pi_rs.dll" };
  }
  return undefined;
}

/**
 * Builds a platform's binary, once in a run of the checks.
 *
 * @param {string} platform
 * @returns {Promise<string>} the path of the binary
 */
export async function build(platform) {
  const binary = join(root, "platforms", platform, "index.node");
  await shared(`binary-${platform}`, async () => {
    // Whoever has the old one loaded keeps it.
    copyFileSync(await compile(platform), `${binary}.new`);
    renameSync(`${binary}.new`, binary);
  });
  return binary;
}

/**
 * @param {string} platform
 * @returns {Promise<string>} the path of the library that cargo makes
 */
async function compile(platform) {
  const target = platformTargets()[platform];
  if (target === undefined) throw new Error(`${platform} is not among neon.platforms of package.json`);
  const plan = recipe(target);
  if (plan === undefined) throw new Error(`${platform} can be built only on such a machine`);
  const library = await rustStandardLibrary(target);
  const tools = plan.command === "zigbuild" ? await environmentWith("build") : process.env;
  const flags = [...(await remappedPaths()), ...plan.rustFlags];
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...tools, ...library, CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f") };
  const args = [plan.command, "--release", "--locked", "--package", "compute-pi-addon", "--target", plan.target];
  const crate = join(root, "crate");
  const result = await run("cargo", args, { cwd: crate, env, ...shown });
  if (result.exitCode !== 0) throw new Error(`cargo ${args.join(" ")}: exit code ${result.exitCode}`);
  return join(env.CARGO_TARGET_DIR ?? join(crate, "target"), target, "release", plan.library);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = Object.entries(platformTargets());
  const named = process.argv.slice(2);
  const platforms = named.length > 0 ? named : all.flatMap(([name, target]) => (recipe(target) ? [name] : []));
  for (const platform of platforms) {
    console.log(`${platform} → ${await build(platform)}`);
  }
}
