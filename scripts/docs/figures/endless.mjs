// @ts-check
import { median, table, time, whole } from "../markdown.mjs";

/**
 * The figures of `node bench/endless/run.mjs`.
 *
 * @param {any} results `bench/endless/results.json`
 * @returns {Record<string, string>}
 */
export function endlessFigures({ machine, simd, date, firstChunkMs, even, dearest }) {
  const ratio = (/** @type {any} */ { known, endless }) => endless / known;
  const row = (/** @type {any} */ size) => [
    whole(size.digits),
    time(size.known / 1000),
    time(size.endless / 1000),
    ratio(size).toFixed(2),
  ];
  const head = ["digits", "`stream(n)`", "without end", "times as long"];
  return {
    "endless-measured": `${machine}, ${simd}, ${date}`,
    "endless-median": median(even.map(ratio)).toFixed(1),
    "endless-most": Math.max(...[...even, ...dearest].map(ratio)).toFixed(1),
    "endless-first": `${firstChunkMs.median.toFixed(2)} ms in the median, ${firstChunkMs.most.toFixed(1)} ms at most`,
    "endless-sizes": table(
      head,
      even.filter((/** @type {any} */ _, /** @type {number} */ index) => index % 4 === 0).map(row),
    ),
    "endless-dearest": table(
      head,
      dearest.filter((/** @type {any} */ _, /** @type {number} */ index) => index % 3 === 0).map(row),
    ),
  };
}
