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

/** The most that a call may ask for. */
export const MAX_THREADS = 1024;

/** V8 keeps longer arrays as hash tables, which take minutes to fill and many times the memory. */
export const MAX_ARRAY_DIGITS = 2 ** 25;

/** The length of the longest string. */
export function maxStringDigits(): number {
  return Math.min(MAX_DIGITS, builtin("node:buffer").constants.MAX_STRING_LENGTH);
}

const MEBIBYTE = 2 ** 20;

/** What a call gives: bytes are the engine's own, an array and a string are made from them. */
export type Result = "bytes" | "string" | "array";

/** What a call computes on when it does not say. */
let usableThreads: number | undefined;

/**
 * The peak of a call: what it adds to what the process holds, in bytes.
 *
 * The engine tells what it allocates. Blocks shorter than a mebibyte come from the heaps of the C library, one for each
 * thread, which keep some of what was freed between what is in use. The shares here are measured ones: `npm run soak --
 * memory` holds the sum against what Linux says.
 */
export function peakMemory(
  result: Result,
  n: number,
  options: Pick<CheckedOptions, "algorithm" | "threads">,
  addon: Addon,
): number {
  const threads = options.threads ?? (usableThreads ??= addon.info().threads);
  const allocated = addon.estimate(n, options.algorithm, threads);
  const heaps = threads === 1 ? 0 : Math.min((0.1 + 0.02 * threads) * allocated, 4 * MEBIBYTE * threads);
  const computing = allocated + heaps + MEBIBYTE / 4 + Math.min(0.6 * allocated, 2.25 * MEBIBYTE);
  // The tables of the transforms and most of the heaps are still there when the result is made of the bytes.
  const kept = Math.min(0.9 * allocated, 0.3 * allocated + 24 * MEBIBYTE);
  switch (result) {
    case "bytes":
      return Math.ceil(computing);
    case "string":
      return Math.ceil(Math.max(computing, 2 * n + kept + 1.5 * heaps));
    case "array":
      return Math.ceil(Math.max(computing, 9 * n + kept + Math.min(16 * n, 8 * MEBIBYTE)));
  }
}
