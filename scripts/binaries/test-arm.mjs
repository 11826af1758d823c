// @ts-check
/**
 * Runs the engine's tests as a 32-bit arm Linux program, on an x86-64 machine under QEMU.
 *
 * usage: node scripts/binaries/test-arm.mjs [ARGUMENTS OF CARGO TEST…]
 */
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { run, shown } from "@compute-pi-rs/steps";
import { environmentWith } from "@compute-pi-rs/pinned-tools";
import { armLibraries, emulator } from "@compute-pi-rs/foreign-systems";
import { rustStandardLibrary } from "./toolchain.mjs";

const target = "armv7-unknown-linux-gnueabihf";
const env = {
  ...(await environmentWith("build")),
  ...(await rustStandardLibrary(target)),
  CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_RUNNER: `${await emulator("arm")} -cpu max -L ${await armLibraries("arm")}`,
};
const given = process.argv.slice(2);
// Ten million digits take minutes in an emulator, and an emulated program cannot start itself again.
const skipped = ["ten_million", "peaks_are_as_promised"].flatMap((name) => ["--skip", name]);
const chosen = given.length > 0 ? given : ["--", ...skipped];
const args = ["test", "--locked", "--package", "compute-pi-rs", "--target", target, ...chosen];
const result = await run("cargo-zigbuild", args, { cwd: join(root, "crate"), env, ...shown });
process.exitCode = result.exitCode ?? 1;
