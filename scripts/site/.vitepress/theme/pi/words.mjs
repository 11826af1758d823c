// @ts-check
const counted = new Intl.NumberFormat("en-US");
const precise = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** @param {number} count */
export const count = (count) => counted.format(count);

/** @param {number} seconds */
export function time(seconds) {
  return seconds < 1 ? `${precise.format(seconds * 1000)} ms` : `${precise.format(seconds)} s`;
}

/** @param {unknown} error */
export const reason = (error) => (error instanceof Error ? error.message : String(error));
