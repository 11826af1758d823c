// @ts-check
import { round, timed } from "./processor.mjs";

/**
 * Whole sums on one thread, to check the estimates from samples.
 *
 * @param {typeof import("compute-pi-rs")} pi
 */
export async function wholeSums({ hexDigits }) {
  const rows = [];
  for (const position of [1e7, 1e8, 1e9]) {
    const { result: digits, processor, seconds } = await timed(() => hexDigits(position, 16, { threads: 1 }));
    rows.push({ position, digits, processor: round(processor), seconds: round(seconds) });
  }
  return rows;
}
