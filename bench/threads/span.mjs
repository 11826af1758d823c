// @ts-check
// Counts what many CPUs can give, which this machine may not have, and writes bench/threads/span.json: a build of the engine does all
// tasks one after the other, times them, and deals them out as threads would take them. Caches and memory that CPUs share are not
// counted. Of each size the least of several rounds.
//
//   node bench/threads/span.mjs [DIGITS…]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { cpus as processors } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { run, today } from "@compute-pi-rs/steps";

import { root } from "../../scripts/lib/paths.mjs";

const CPUS = [2, 4, 6, 8, 16, 64];
/** Digits that are computed of each size, and the most rounds. */
const [WORK, MOST_ROUNDS] = [30_000_000, 30];
const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [100_000, 1_000_000, 10_000_000, 100_000_000];

// A folder of its own: the flag would have all others built anew.
const target = join(root, "crate", "target", "span");
const manifest = join(root, "crate", "Cargo.toml");
const build = ["build", "--release", "--locked", "--manifest-path", manifest, "--target-dir", target];
const built = await run("cargo", [...build, "--package", "compute-pi-rs", "--example", "span"], {
  env: { ...process.env, RUSTFLAGS: "--cfg work_and_span" },
});
if (built.exitCode !== 0) throw new Error(built.stderr);

const counting = spawn(join(target, "release", "examples", "span"), CPUS.map(String), {
  stdio: ["pipe", "pipe", "inherit"],
});
const lines = createInterface(counting.stdout)[Symbol.asyncIterator]();

/** @param {number} digits */
async function count(digits) {
  let one = Infinity;
  let many = CPUS.map(() => Infinity);
  const rounds = Math.min(MOST_ROUNDS, Math.max(1, Math.round(WORK / digits)));
  for (let round = 0; round < rounds; round++) {
    counting.stdin.write(`${digits}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${digits} digits were not counted`);
    /** @type {{ one: number, many: number[] }} */
    const counted = JSON.parse(value);
    one = Math.min(one, counted.one);
    many = many.map((time, index) => Math.min(time, counted.many[index] ?? Infinity));
  }
  const speedups = many.map((time) => one / time);
  console.log(`${digits}: ${CPUS.map((cpus, index) => `${cpus} CPUs ${speedups[index]?.toFixed(2)}`).join(", ")}`);
  return { digits, milliseconds: one, speedups };
}

const counts = [];
for (const digits of sizes) counts.push(await count(digits));
counting.stdin.end();
await once(counting, "exit");
if (given.length === 0) {
  const results = { date: today(), processor: processors()[0]?.model, cpus: CPUS, counts };
  writeFileSync(fileURLToPath(new URL("span.json", import.meta.url)), `${JSON.stringify(results, null, 2)}\n`);
}
