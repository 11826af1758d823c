// @ts-check
// Measures what it costs not to know how many digits are wanted, and writes bench/endless/results.json: the first n digits of a
// stream without end against a stream of n digits, one thread, processor time, in turn, the least of each; and how long the first
// chunk of a stream without end takes by the clock.
//
//   node bench/endless/run.mjs
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";

import { today } from "@compute-pi-rs/steps";

/** Sizes that lie evenly between 10^4 and 10^7, by their logarithms; and the dearest ones, just after a stage has ended. */
const EVEN = Array.from({ length: 25 }, (_, index) => Math.round(10 ** (4 + index / 8)));
const DEAREST = Array.from({ length: 10 }, (_, stage) => 2 ** (14 + stage) + 1);
/** Rounds of a size, and the milliseconds after which there are no more, once there were a few. */
const [LEAST_ROUNDS, MOST_ROUNDS, LONG_MS] = [3, 60, 1000];
const FIRST_CHUNKS = 500;

const { stream, native } = createRequire(import.meta.url)("../../dist/index.cjs");

/**
 * Reads so many digits.
 *
 * @param {number} asked @param {number} digits @returns {Promise<number>} milliseconds of processor time
 */
async function time(asked, digits) {
  const before = process.cpuUsage();
  let left = digits;
  for await (const chunk of stream(asked, { threads: 1 })) {
    left -= chunk.length;
    if (left <= 0) break;
  }
  if (left > 0) throw new Error(`${left} of ${digits} digits are missing`);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** @param {number} digits */
async function measure(digits) {
  let [known, endless, spent, rounds] = [Infinity, Infinity, 0, 0];
  while (rounds < LEAST_ROUNDS || (rounds < MOST_ROUNDS && spent < LONG_MS)) {
    const [first, second] = [await time(digits, digits), await time(Infinity, digits)];
    known = Math.min(known, first);
    endless = Math.min(endless, second);
    spent += first + second;
    rounds += 1;
  }
  console.log(
    `${digits}: ${known.toFixed(2)} ms, without end ${endless.toFixed(2)} ms, ${(endless / known).toFixed(2)} times`,
  );
  return { digits, rounds, known, endless };
}

async function firstChunk() {
  const start = performance.now();
  for await (const _ of stream(Infinity)) return performance.now() - start;
  return Infinity;
}

await time(Infinity, 100_000);
const firstChunks = [];
for (let run = 0; run < FIRST_CHUNKS; run += 1) firstChunks.push(await firstChunk());
firstChunks.sort((a, b) => a - b);
const at = (/** @type {number} */ share) => firstChunks[Math.floor(share * (FIRST_CHUNKS - 1))];
const firstChunkMs = { median: at(0.5), most: at(1) };
console.log(`first chunk: median ${firstChunkMs.median?.toFixed(2)} ms, most ${firstChunkMs.most?.toFixed(2)} ms`);
/** @type {Record<"even" | "dearest", Awaited<ReturnType<typeof measure>>[]>} */
const sizes = { even: [], dearest: [] };
for (const digits of EVEN) sizes.even.push(await measure(digits));
for (const digits of DEAREST) sizes.dearest.push(await measure(digits));
const { version, simd } = native();
const results = { machine: cpus()[0]?.model, simd, version, date: today(), firstChunkMs, ...sizes };
writeFileSync(fileURLToPath(new URL("results.json", import.meta.url)), `${JSON.stringify(results, null, 2)}\n`);
