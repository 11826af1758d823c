import { builtin } from "./modules";
import type { Addon } from "./native/addon";
import type { CheckedOptions } from "./options";

/** The engine's `MAX_DIGITS`. */
export const MAX_DIGITS = 1_000_000_000;

/** The engine's `MAX_HEX_POSITION`. */
export const MAX_HEX_POSITION = 10_000_000_000_000;

/** The engine's `MAX_HEX_DIGITS`. */
export const MAX_HEX_DIGITS = 10_000;

/** The engine's `MAX_HEX_JOBS`. */
export const MAX_HEX_JOBS = 100_000;

/** V8 keeps longer arrays as hash tables, which take minutes to fill and many times the memory. */
export const MAX_ARRAY_DIGITS = 2 ** 25;

/** The length of the longest string. */
export const MAX_STRING_DIGITS = Math.min(MAX_DIGITS, builtin("node:buffer").constants.MAX_STRING_LENGTH);

/** What a call gives: bytes are the engine's own, an array and a string are made from them. */
export type Result = "bytes" | "string" | "array";

/** Bytes a digit of the result, beside the engine's bytes that it is made from. */
const RESULT_BYTES = { bytes: 0, string: 1, array: 8 } as const;

/** The peak of a call, in bytes: the engine's, or the result's when the engine is done. */
export function peakMemory(
  result: Result,
  n: number,
  { algorithm, threads }: Pick<CheckedOptions, "algorithm" | "threads">,
  addon: Addon,
): number {
  return Math.max(addon.estimate(n, algorithm, threads), n * (1 + RESULT_BYTES[result]));
}
