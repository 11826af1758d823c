// @ts-check
/**
 * Runs the engine's tests as an arm64 Linux program, on an x86-64 machine under QEMU: by default those of what is written
 * for NEON.
 *
 * usage: node scripts/binaries/test-arm64.mjs [--whole | ARGUMENTS OF CARGO TEST…]
 */
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { run, shown } from "@compute-pi-rs/steps";
import { environmentWith } from "@compute-pi-rs/pinned-tools";
import { armLibraries, emulator } from "@compute-pi-rs/foreign-systems";
import { rustStandardLibrary } from "./toolchain.mjs";

const target = "aarch64-unknown-linux-gnu";
const library = await rustStandardLibrary(target);
const env = {
  ...(await environmentWith("build")),
  ...library,
  CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER: `${await emulator("aarch64")} -cpu max -L ${await armLibraries()}`,
};
const given = process.argv.slice(2);
// Ten million digits take minutes in an emulator, and an emulated program cannot start itself again.
const skipped = ["ten_million", "peaks_are_as_promised"].flatMap((name) => ["--skip", name]);
const neon = ["ntt::tests", "columns::tests", "hex::group"];
const long = ["tests::products_agree", "long_", "every_plan"].flatMap((name) => ["--skip", name]);
const short = ["--lib", "--", ...neon, ...long];
const chosen = given.includes("--whole") ? ["--", ...skipped] : given.length > 0 ? given : short;
const args = ["test", "--locked", "--package", "compute-pi-rs", "--target", target, ...chosen];
const result = await run("cargo-zigbuild", args, { cwd: join(root, "crate"), env, ...shown });
process.exitCode = result.exitCode ?? 1;
