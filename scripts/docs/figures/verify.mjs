// @ts-check
import { whole } from "../markdown.mjs";

/**
 * The figures of `node bench/verify/run.mjs`.
 *
 * @param {any} results `bench/verify/results.json`
 * @returns {Record<string, string>}
 */
export function verifyFigures({ machine, simd, date, sizes }) {
  const shares = sizes.map((/** @type {any} */ { digits, alone, verified }) => ({
    digits,
    share: verified / alone - 1,
  }));
  const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)} %`;
  return {
    "verify-measured": `${machine}, ${simd}, ${date}`,
    "verify-shares": shares
      .map((/** @type {any} */ { digits, share }) => `${percent(share)} at ${whole(digits)} digits`)
      .join(", "),
  };
}
