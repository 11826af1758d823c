// @ts-check
/**
 * Builds the function in Rust against the C library of Amazon Linux 2, as the addon is.
 *
 * usage: node scripts/lambda/package/rust.mjs   runs its tests, built in the same way for this machine
 */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { glibcFloor } from "@compute-pi-rs/addon-release";
import { remappedPaths, rustStandardLibrary } from "../../binaries/toolchain.mjs";
import { run, shown } from "@compute-pi-rs/steps";
import { environmentWith } from "@compute-pi-rs/pinned-tools";
import { architectures, examples, native } from "./functions.mjs";

const example = join(examples, "rust");

/** One for all functions, which share most of what they are built of. */
const target = join(example, "target");

/**
 * @param {import("./functions.mjs").Architecture} architecture
 * @param {string} directory an empty folder: it gets the file `bootstrap`, which Lambda starts
 * @param {string} [crate] the folder of a function in Rust, the example's by default
 */
export async function stageRust(architecture, directory, crate = example) {
  const code = await zigbuild(architecture, "zigbuild", crate);
  if (code !== 0) throw new Error(`the function in Rust did not build for ${architecture}`);
  const { rust } = architectures[architecture];
  copyFileSync(join(target, rust, "release", "bootstrap"), join(directory, "bootstrap"));
}

/**
 * @param {import("./functions.mjs").Architecture} architecture
 * @param {"zigbuild" | "test"} command
 * @param {string} crate
 * @returns {Promise<number>} its exit code
 */
async function zigbuild(architecture, command, crate) {
  const { rust } = architectures[architecture];
  const env = {
    ...(await environmentWith("build")),
    ...(await rustStandardLibrary(rust)),
    CARGO_TARGET_DIR: target,
    CARGO_ENCODED_RUSTFLAGS: (await remappedPaths()).join("\x1f"),
  };
  // Tests run for milliseconds: to optimise all that it depends on takes a minute.
  const profile = command === "test" ? [] : ["--release"];
  const args = [command, ...profile, "--locked", "--target", `${rust}.${glibcFloor}`];
  const { exitCode } = await run("cargo-zigbuild", args, { cwd: crate, env, ...shown });
  return exitCode ?? 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await zigbuild(native, "test", example);
}
