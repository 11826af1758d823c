// @ts-check
/**
 * Runs the engine's tests of threads, streams, the series and the conversion under ThreadSanitizer.
 *
 * usage: npm run test:sanitizers
 */
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";

const target = "x86_64-unknown-linux-gnu";

/** ThreadSanitizer has to see the standard library's locks, too: it is compiled anew. */
const sanitizers = [
  { name: "thread", flags: ["-Zbuild-std"], tests: ["threads", "stream", "cancel", "chudnovsky", "radix"] },
];

for (const { name, flags, tests } of sanitizers) {
  console.log(`\n${name} sanitizer`);
  const args = ["test", ...flags, "--locked", "--target", target, "--package", "compute-pi", "--lib", "--", ...tests];
  const env = {
    ...process.env,
    RUSTUP_TOOLCHAIN: "nightly",
    RUSTFLAGS: `-Zsanitizer=${name}`,
    CARGO_TARGET_DIR: join(root, "crate", "target", "sanitizers", name),
  };
  const result = await run("cargo", args, { cwd: join(root, "crate"), env, echo: true });
  if (result.code !== 0) process.exitCode = 1;
}
