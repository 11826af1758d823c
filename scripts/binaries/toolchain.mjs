// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory, digest, madeOnce, run, runOrThrow, shown } from "@compute-pi-rs/steps";
import { remappedPaths as remapped } from "@compute-pi-rs/addon-release";
import { root } from "../lib/paths.mjs";
import { pythonTools } from "@compute-pi-rs/pinned-tools";

/**
 * Makes Rust's standard library for `target` available: through rustup or, for arm64 Linux where rustup's server is out
 * of reach, from Debian's packages.
 *
 * @param {string} target
 * @returns {Promise<NodeJS.ProcessEnv>} what to add to the environment of cargo
 */
export async function rustStandardLibrary(target) {
  if (await hasStandardLibrary("rustc", target)) return {};
  const added = await run("rustup", ["target", "add", target], { timeout: 600_000 });
  if (added.exitCode === 0 && (await hasStandardLibrary("rustc", target))) return {};
  if (target !== "aarch64-unknown-linux-gnu" || !existsSync("/etc/debian_version")) {
    throw new Error(`Rust's standard library for ${target} is missing: rustup target add ${target}`);
  }
  const script = fileURLToPath(new URL("debian-rust-arm64.sh", import.meta.url));
  const directory = await madeOnce(
    join(cacheDirectory, `debian-rust-${digest(readFileSync(script))}`),
    async (made) => {
      await runOrThrow("bash", [script, made], { ...shown });
    },
  );
  return { RUSTC: join(directory, "rustc"), CARGO_TARGET_DIR: join(root, "crate", "target", "debian-rust") };
}

/**
 * @param {string} rustc
 * @param {string} target
 */
async function hasStandardLibrary(rustc, target) {
  const { stdout } = await runOrThrow(rustc, ["--print", "target-libdir", "--target", target], { cwd: root });
  return existsSync(stdout.trim());
}

/** Flags that replace this machine's folders in the texts of panics by neutral names. */
export const remappedPaths = () => remapped(root, "compute-pi-rs");

/** @returns {Promise<string>} the path of the cross program */
export async function crossCommand() {
  return join(await pythonTools("cargo"), "cross");
}
