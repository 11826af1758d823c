// @ts-check
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runOrThrow } from "@compute-pi-rs/steps";
import { round } from "./processor.mjs";

export const POSITIONS = [1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13];

const program = fileURLToPath(new URL("../terms", import.meta.url));

/**
 * @typedef {object} TermCost
 * @property {number} position
 * @property {string} simd
 * @property {number} nanoseconds of processor time a term: the mean over the places of the least of three runs
 * @property {number} dearest the same of the most costly place
 * @property {number} spread how far the mean of the greatest of the three is above, as a share
 * @property {number} seconds for the whole sum
 */

/**
 * The cost of a term on each instruction set, from ranges spread over the whole sum.
 *
 * @returns {Promise<TermCost[]>}
 */
export async function termCosts() {
  const args = ["run", "--release", "--locked", "--quiet", "--manifest-path", join(program, "Cargo.toml"), "--"];
  const { stdout } = await runOrThrow("cargo", [...args, ...POSITIONS.map(String)]);
  const samples = stdout
    .trim()
    .split("\n")
    .map((line) => {
      const [position, terms, simd, ...times] = line.split(" ");
      return { position: Number(position), terms: Number(terms), simd: simd ?? "", times: times.map(Number) };
    });
  /** @type {Map<string, typeof samples>} */
  const groups = new Map();
  for (const sample of samples) {
    const key = `${sample.position} ${sample.simd}`;
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  return [...groups.values()].map((places) => {
    const { position = NaN, terms = NaN, simd = "" } = places[0] ?? {};
    const least = places.map(({ times }) => Math.min(...times));
    const nanoseconds = mean(least);
    const spread = mean(places.map(({ times }) => Math.max(...times))) / nanoseconds - 1;
    return {
      position,
      simd,
      nanoseconds: round(nanoseconds),
      dearest: round(Math.max(...least)),
      spread: round(spread, 2),
      seconds: round((terms * nanoseconds) / 1e9),
    };
  });
}

/** @param {readonly number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
