// @ts-check
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { glibcFloor } from "../../binaries/build.mjs";
import { remappedPaths, rustStandardLibrary } from "../../binaries/toolchain.mjs";
import { runOrThrow } from "../../lib/run.mjs";
import { environmentWith } from "../../tools/fetch.mjs";
import { architectures, examples } from "./functions.mjs";

/**
 * Builds the function in Rust against the C library of Amazon Linux 2, as the addon is.
 *
 * @param {import("./functions.mjs").Architecture} architecture
 * @param {string} directory an empty folder: it gets the file `bootstrap`, which Lambda starts
 */
export async function stageRust(architecture, directory) {
  const { rust } = architectures[architecture];
  const crate = join(examples, "rust");
  const env = {
    ...(await environmentWith("build")),
    ...(await rustStandardLibrary(rust)),
    CARGO_TARGET_DIR: join(crate, "target"),
    CARGO_ENCODED_RUSTFLAGS: (await remappedPaths()).join("\x1f"),
  };
  const args = ["zigbuild", "--release", "--locked", "--target", `${rust}.${glibcFloor}`];
  await runOrThrow("cargo", args, { cwd: crate, env, echo: true });
  copyFileSync(join(crate, "target", rust, "release", "bootstrap"), join(directory, "bootstrap"));
}
