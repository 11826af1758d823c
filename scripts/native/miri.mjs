// @ts-check
/**
 * Runs the tests of the addon's allocator and of the engine in Miri, which finds undefined behaviour: all but the vector
 * kernels, at the sizes that the tests have for it, since it interprets, some thousand times slower than the machine. One
 * process has one thread: there are as many processes as processors, each with its part of the tests.
 *
 * usage: node scripts/native/miri.mjs [--whole | NAME…]   the tests with one of these in their names
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { add, counters, describe, nothing } from "../checks/counts.mjs";
import { run, runOrThrow, shown } from "@compute-pi-rs/steps";

/** Where memory and threads are handled, and once through everything; the rest has no unsafe code, or takes longer. */
const short = [
  ...["allocation::", "buffers::", "parallel::tests::every_item", "team::", "threads::", "turns::"],
  ...["columns::tests::short", "limbs::tests::squares", "ntt::tests::squares", "chudnovsky::tests::digits_agree"],
  ...["hex::tests::every_kernel_gives_the_published", "radix::tests::cancellation", "radix::tests::threads_write"],
  ...["stream::tests::digits_and_chunks"],
];

const given = process.argv.slice(2);
const names = given.includes("--whole") ? [] : given.length > 0 ? given : short;

// Proptest looks for the seeds of earlier failures, which needs the file system. Threads of the team outlive a test.
const flags = "-Zmiri-disable-isolation -Zmiri-ignore-leaks";
const env = { ...process.env, RUSTUP_TOOLCHAIN: "nightly", MIRIFLAGS: flags, PROPTEST_CASES: "2" };
const options = { cwd: join(root, "crate"), env };

/**
 * @param {string[]} args for the test program
 * @param {string} crate
 */
function miri(args, crate = "compute-pi-rs") {
  return ["miri", "test", "--locked", "--package", crate, "--lib", "--", ...args];
}

/** @param {string[]} args of cargo */
async function interpret(args) {
  const { exitCode, stdout } = await run("cargo", args, { ...options, ...shown });
  const counts = counters.cargo(stdout);
  // At undefined behaviour Miri ends the process, which then counts nothing.
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const allocator = await interpret(miri([], "addon-allocator"));
const { stdout } = await runOrThrow("cargo", miri(["--list", ...names]), options);
const tests = [...stdout.matchAll(/^(.+): test$/gm)].flatMap(([, name]) => name ?? []);

const missing = names.filter((name) => !tests.some((test) => test.includes(name)));
for (const name of missing) console.error(`FAILED no test is named ${name}`);

const processes = availableParallelism();
const results = await Promise.all(
  Array.from({ length: processes }, async (_, part) => {
    const own = tests.filter((_, index) => index % processes === part);
    if (own.length === 0) return nothing();
    const times = ["-Zunstable-options", "--report-time"];
    return interpret(miri(["--exact", ...times, ...own]));
  }),
);
const total = [allocator, ...results].reduce(add, { ...nothing(), failed: missing.length });
for (const reason of total.reasons) console.log(`skipped: ${reason}`);
console.log(`\n${describe(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;
