// @ts-check
// Measures what the option `verify` costs, and writes bench/verify/results.json: processor time of calls with it and without,
// in turn, the least of each.
//
//   node bench/verify/run.mjs
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { today } from "@compute-pi-rs/steps";

/** Digits, and how many calls of each kind. */
const SIZES = [
  [10_000, 400],
  [100_000, 100],
  [1_000_000, 20],
  [10_000_000, 5],
];

const { generateBytes, native } = createRequire(import.meta.url)("../../dist/index.cjs");

/** @param {number} digits @param {boolean} verify @returns {Promise<number>} milliseconds of processor time */
async function time(digits, verify) {
  const before = process.cpuUsage();
  await generateBytes(digits, { threads: 1, verify });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const sizes = [];
for (const [digits = 0, rounds = 0] of SIZES) {
  let [alone, verified] = [Infinity, Infinity];
  for (let round = 0; round < rounds; round += 1) {
    alone = Math.min(alone, await time(digits, false));
    verified = Math.min(verified, await time(digits, true));
  }
  console.log(`${digits}: ${alone.toFixed(3)} ms, verified ${verified.toFixed(3)} ms`);
  sizes.push({ digits, rounds, alone, verified });
}
const { version, simd } = native();
const results = { machine: cpus()[0]?.model, simd, version, date: today(), sizes };
writeFileSync(fileURLToPath(new URL("results.json", import.meta.url)), `${JSON.stringify(results, null, 2)}\n`);
