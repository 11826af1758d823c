// @ts-check
/**
 * Runs the tests of the addon's allocator under ThreadSanitizer and AddressSanitizer, and the engine's tests of threads,
 * streams, the series and the conversion under the first. With each change the engine meets the second when it is fuzzed.
 *
 * usage: node scripts/native/sanitizers.mjs [thread | address] [--whole]   with `--whole` all of the engine's tests, under both
 */
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { run, shown } from "@compute-pi-rs/steps";

const target = "x86_64-unknown-linux-gnu";

const whole = process.argv.includes("--whole");
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const allocator = ["--package", "addon-allocator"];
const engine = ["--package", "compute-pi-rs", "--"];
const threaded = ["threads", "team", "parallel", "stream", "cancel", "chudnovsky", "radix"];
/** Tests among them that compute for long, on one thread most of the time. */
const long = ["any_stages", "without_end_give", "the_oracle", "decimal::", "hex::"].flatMap((name) => ["--skip", name]);
const sanitizers = [
  // ThreadSanitizer has to see the standard library's locks, too: it is compiled anew.
  { name: "thread", flags: ["-Zbuild-std"], runs: [allocator, whole ? engine : [...engine, ...threaded, ...long]] },
  { name: "address", flags: [], runs: whole ? [allocator, engine] : [allocator] },
].filter(({ name }) => chosen.length === 0 || chosen.includes(name));

for (const { name, flags, runs } of sanitizers) {
  console.log(`\n${name} sanitizer`);
  // To compile the engine takes longer here than to run it, but at night.
  const quick = whole ? [] : ["--config", "profile.dev.package.compute-pi-rs.opt-level=1"];
  const args = ["test", ...flags, ...quick, "--locked", "--target", target, "--lib"];
  const env = {
    ...process.env,
    RUSTUP_TOOLCHAIN: "nightly",
    RUSTFLAGS: `-Zsanitizer=${name}`,
    // The standard library, too, is compiled for tests here, and that takes longer than to run it.
    CARGO_PROFILE_DEV_OPT_LEVEL: whole ? "2" : "0",
    // Tests ask for what no machine has, and expect to be refused.
    ASAN_OPTIONS: "allocator_may_return_null=1",
    CARGO_TARGET_DIR: join(root, "crate", "target", "sanitizers", name),
  };
  for (const of of runs) {
    const result = await run("cargo", [...args, ...of], { cwd: join(root, "crate"), env, ...shown });
    if (result.exitCode !== 0) process.exitCode = 1;
  }
}
