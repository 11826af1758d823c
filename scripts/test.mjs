// @ts-check
// `npm test` runs what needs only Node.js, Rust and a C compiler. `.ci/run` adds --all: what needs more tools too.
import { prepare } from "./lib/toolchain.mjs";
import { countCargoTests, countClosingLines, runSteps } from "./lib/steps.mjs";
import { vitest } from "./lib/vitest.mjs";
import { miriMissing, nightlyMissing } from "./native/nightly.mjs";
import { packages as clientPackages } from "./lambda/client/build.mjs";

/** @typedef {import("./lib/steps.mjs").Step} Step */

const workspace = ["--manifest-path", "crate/Cargo.toml", "--workspace", "--locked"];

/** @type {Step[]} */
const steps = [
  { name: "rustfmt", command: ["cargo", "fmt", "--manifest-path", "crate/Cargo.toml", "--all", "--check"] },
  {
    name: "rustfmt of the example",
    command: ["cargo", "fmt", "--manifest-path", "examples/lambda/rust/Cargo.toml", "--check"],
  },
  { name: "clippy", command: ["cargo", "clippy", ...workspace, "--all-targets", "--", "-D", "warnings"] },
  { name: "cargo test", command: ["cargo", "test", "--no-fail-fast", ...workspace], count: countCargoTests },
  { name: "start", command: ["npm", "start"] },
  { name: "prettier", command: ["npm", "run", "format:check"] },
  { name: "eslint", command: ["npm", "run", "lint"] },
  { name: "tsc", command: ["npm", "run", "typecheck"] },
  vitest("vitest", ["--project=!package"]),
  vitest("package", ["--project=package"]),
];

/** Of the tests that Miri interprets, those that it ends in four minutes. */
const interpreted = [
  ...["allocation::", "buffers::", "chudnovsky::", "cyclic::", "hex::fraction", "hex::tests", "limbs::", "newton::"],
  ...["ntt::bounds", "ntt::tests::squares", "parallel::", "radix::", "stream::", "threads::", "verify::decimal"],
  ...["mersenne::", "verify::tests::digits_that_were_changed"],
];

/**
 * What needs more than Node.js, Rust and a C compiler: name the Debian packages, and they are installed where that is
 * possible. A script that ends with the line `N passed, N failed` is counted by `countClosingLines`.
 *
 * @type {Step[]}
 */
const furtherSteps = [
  { name: "images", command: ["npm", "run", "lint:images"] },
  { name: "build binaries", command: ["npm", "run", "build:binaries"], minutes: 30 },
  { name: "check binaries", command: ["npm", "run", "check:binaries"] },
  { ...vitest("binaries", ["--config=test/binaries/vitest.config.ts"]), minutes: 30 },
  {
    ...vitest("windows", ["--config=test/windows/vitest.config.ts"]),
    packages: ["gcc-mingw-w64-x86-64-win32", "wine64"],
    minutes: 30,
  },
  { name: "fuzz", command: ["npm", "run", "test:fuzz"], count: countClosingLines, missing: nightlyMissing },
  {
    name: "sanitizers",
    command: ["npm", "run", "test:sanitizers"],
    count: countCargoTests,
    missing: nightlyMissing,
    minutes: 40,
  },
  {
    name: "miri",
    command: ["npm", "run", "test:miri", "--", ...interpreted],
    count: countClosingLines,
    missing: miriMissing,
  },
  { name: "valgrind", command: ["npm", "run", "test:valgrind"], count: countClosingLines, packages: ["valgrind"] },
  { name: "dependencies", command: ["npm", "run", "check:dependencies"], count: countClosingLines, minutes: 30 },
  { name: "arm64", command: ["npm", "run", "test:arm64"], count: countCargoTests, minutes: 40 },
  {
    name: "lambda function in Rust",
    command: ["cargo", "test", "--locked", "--manifest-path", "examples/lambda/rust/Cargo.toml"],
    count: countCargoTests,
  },
  { name: "lambda packages", command: ["npm", "run", "lambda:package"], minutes: 30 },
  {
    ...vitest("lambda", ["--config=test/lambda/vitest.config.ts"]),
    packages: ["unzip", ...clientPackages],
    minutes: 30,
  },
  {
    ...vitest("lambda recipes", ["--config=test/lambda-recipes/vitest.config.ts"]),
    packages: ["unzip", ...clientPackages],
    minutes: 30,
  },
  { ...vitest("system calls", ["--project=hard", "test/hard/security.test.ts"]), packages: ["strace"] },
  { name: "workflows", command: ["npm", "run", "lint:workflows"], count: countClosingLines },
  { name: "docs", command: ["npm", "run", "docs"] },
  { name: "rehearsal", command: ["npm", "run", "rehearse"], count: countClosingLines, minutes: 40 },
  { ...vitest("fleet", ["--config=test/fleet/vitest.config.ts"]), packages: ["redis-server", "iproute2"] },
  {
    ...vitest("step functions", ["--config=test/fleet-stepfunctions/vitest.config.ts"]),
    packages: ["unzip", "python3-venv", ...clientPackages],
  },
];

await prepare();
const passed = await runSteps(process.argv.includes("--all") ? [...steps, ...furtherSteps] : steps);
process.exitCode = passed ? 0 : 1;
