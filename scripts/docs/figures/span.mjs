// @ts-check
import { table, whole } from "../markdown.mjs";

/**
 * The figures of `node bench/threads/span.mjs`.
 *
 * @param {any} results `bench/threads/span.json`
 * @returns {Record<string, string>}
 */
export function spanFigures({ processor, date, cpus, counts }) {
  /** The part of the work that no second thread takes part in, by Amdahl's law. @param {number} speedup @param {number} cpus */
  const serial = (speedup, cpus) => (cpus / speedup - 1) / (cpus - 1);
  const rows = counts.map((/** @type {any} */ { digits, speedups }) => [
    whole(digits),
    ...speedups.map((/** @type {number} */ speedup, /** @type {number} */ index) => {
      return `${speedup.toFixed(1)} (${serial(speedup, cpus[index]).toFixed(2)})`;
    }),
  ]);
  return {
    "span-measured": `${processor}, ${date}`,
    span: table(["digits", ...cpus.map((/** @type {number} */ count) => `${count} CPUs`)], rows),
  };
}
