// @ts-check
/**
 * Runs the engine's tests in Miri, which finds undefined behaviour: all but the vector kernels, at the sizes that the tests
 * have for it, since it interprets, some thousand times slower than the machine. One process has one thread: there are as
 * many processes as processors.
 *
 * usage: node scripts/native/miri.mjs [--whole | NAME…]   the tests with one of these in their names; by default those that it
 *   ends in two minutes
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { run, runOrThrow } from "../lib/run.mjs";

const short = [
  ...["allocation::", "buffers::", "chudnovsky::", "cyclic::", "hex::fraction", "hex::tests", "limbs::", "newton::"],
  ...[
    "ntt::bounds",
    "ntt::tests::squares",
    "parallel::",
    "team::",
    "radix::",
    "stream::",
    "threads::",
    "verify::decimal",
  ],
  ...["mersenne::", "verify::tests::digits_that_were_changed"],
];

const given = process.argv.slice(2);
const names = given.includes("--whole") ? [] : given.length > 0 ? given : short;

// Proptest looks for the seeds of earlier failures, which needs the file system. Threads of the team outlive a test.
const flags = "-Zmiri-disable-isolation -Zmiri-ignore-leaks";
const env = { ...process.env, RUSTUP_TOOLCHAIN: "nightly", MIRIFLAGS: flags, PROPTEST_CASES: "2" };
const options = { cwd: join(root, "crate"), env };

/** @param {string[]} args for the test program */
function miri(args) {
  return ["miri", "test", "--locked", "--package", "compute-pi", "--lib", "--", ...args];
}

const { stdout } = await runOrThrow("cargo", miri(["--list", ...names]), options);
const tests = [...stdout.matchAll(/^(.+): test$/gm)].flatMap(([, name]) => name ?? []);

let [passed, failed, skipped] = [0, 0, 0];
for (const name of names.filter((name) => !tests.some((test) => test.includes(name)))) {
  failed += 1;
  console.error(`FAILED no test is named ${name}`);
}
async function work() {
  for (let test = tests.shift(); test !== undefined; test = tests.shift()) {
    const start = performance.now();
    const result = await run("cargo", miri(["--exact", test]), options);
    const seconds = ((performance.now() - start) / 1000).toFixed(0).padStart(4);
    if (result.code !== 0) {
      failed += 1;
      console.error(`FAILED ${test}\n${result.stdout}${result.stderr}`);
    } else if (/ 1 passed;/.test(result.stdout)) {
      passed += 1;
      console.log(`${seconds} s  ${test}`);
    } else {
      skipped += 1;
      console.log(`skipped: ${test}, which Miri does not interpret`);
    }
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
