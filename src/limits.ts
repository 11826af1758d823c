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

const MEBIBYTE = 2 ** 20;

/** What a call gives: bytes are the engine's own, an array and a string are made from them. */
export type Result = "bytes" | "string" | "array";

/**
 * The peak of a call: what it adds to what the process holds, in bytes.
 *
 * The engine tells what it allocates. The heap of the C library keeps more, since what was freed lies between what is in
 * use: with glibc up to 30 % on one thread, and less on several. `npm run soak -- memory` holds the sum against what Linux
 * says.
 */
export function peakMemory(
  result: Result,
  n: number,
  { algorithm, threads }: Pick<CheckedOptions, "algorithm" | "threads">,
  addon: Addon,
): number {
  const allocated = addon.estimate(n, algorithm, threads);
  const held = Math.ceil(Math.max(1.3 * addon.estimate(n, algorithm, 1), 1.18 * allocated) + 1.5 * MEBIBYTE);
  switch (result) {
    case "bytes":
      return held;
    case "string":
      return Math.max(held, 2 * n);
    case "array":
      // Much of what the engine has freed is still held when the array is made; V8 takes a little for itself.
      return Math.max(held, allocated + 8 * n + 6 * MEBIBYTE);
  }
}
