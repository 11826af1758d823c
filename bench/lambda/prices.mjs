// @ts-check
/** The ways to compute, as they are called, from the one that needs least to the one that does. */
export const ways = {
  javascript: "plain JavaScript",
  wasm: "WebAssembly",
  native: "native addon",
  rust: "plain Rust",
};

/** @typedef {keyof typeof ways} Way */

/**
 * The price of a million warm calls, in dollars.
 *
 * @param {{ memory: number, billed: number }} row
 * @param {{ gigabyteSecond: number, call: number }} prices
 */
export function millionCalls({ memory, billed }, { gigabyteSecond, call }) {
  return 1e6 * ((memory / 1024) * (billed / 1000) * gigabyteSecond + call);
}

/** @param {number} dollars */
export const money = (dollars) => `$${dollars < 1 ? dollars.toFixed(2) : dollars.toPrecision(3)}`;
