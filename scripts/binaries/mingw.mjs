// @ts-check
/**
 * The addon as MinGW-w64 links it: what is published for Windows is linked by Visual C++, on Windows, but this one runs
 * the same code there, and any Linux machine can make it.
 */
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { runOrThrow, shown } from "@compute-pi-rs/steps";
import { rustStandardLibrary } from "./toolchain.mjs";

const target = "x86_64-pc-windows-gnu";

/** Debian's name of MinGW-w64's GCC, with threads as Windows has them. */
export const mingwCompiler = "x86_64-w64-mingw32-gcc-win32";

/** @returns {Promise<string>} the path of the addon */
export async function buildWithMingw() {
  const crate = join(root, "crate");
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    ...(await rustStandardLibrary(target)),
    CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER: mingwCompiler,
    // GNU ld takes the sections in which Neon collects what to run at load (crate `linkme`) for unused ones.
    CARGO_ENCODED_RUSTFLAGS: "-Clink-arg=-Wl,--no-gc-sections",
    // It is tried for some seconds, and nobody gets it: to optimise it takes longer.
    CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
    CARGO_PROFILE_RELEASE_LTO: "off",
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  };
  const engine = ["--config", "profile.release.package.compute-pi-rs.opt-level=1"];
  const args = ["build", "--release", ...engine, "--locked", "--package", "compute-pi-addon", "--target", target];
  await runOrThrow("cargo", args, { cwd: crate, env, ...shown });
  return join(env.CARGO_TARGET_DIR ?? join(crate, "target"), target, "release", "compute_pi_rs.dll");
}
