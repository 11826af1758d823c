import { compute, type Computation } from "./computation";
import { MAX_ARRAY_DIGITS } from "./limits";
import { arrayHeap } from "./memory";
import { checkOptions, checkWhole, type Options } from "./options";
import { Turns } from "./turns";
import { tracedPromise } from "./tracing/channel";

/** Digits between two looks at the clock. */
const SLICE_DIGITS = 16_384;

/**
 * The first `n` decimal digits of pi, the leading 3 included, as an array of numbers from 0 to 9.
 *
 * The digits are truncated, never rounded. They are computed off the event loop, in quasi-linear
 * time; the array is filled on the event loop, in slices of a few milliseconds. Where an array is not
 * needed, {@link generateBytes} and {@link stream} do without.
 *
 * @param n - A whole number from 0 to 33,554,432.
 * @param options - See {@link Options}.
 * @returns A promise that rejects with: a `TypeError` with code `ERR_INVALID_ARG_TYPE`; a `RangeError`
 *   with code `ERR_OUT_OF_RANGE`; {@link MemoryLimitError}; {@link NativeBinaryError}; the signal's reason.
 *
 * @example
 * ```ts
 * import { generate } from "compute-pi-rs";
 *
 * console.log(await generate(5)); // => [ 3, 1, 4, 1, 5 ]
 * ```
 */
export function generate(n: number, options?: Options): Promise<number[]> {
  return tracedPromise("generate", { digits: n }, async (trace) => {
    checkWhole("n", n, 0, MAX_ARRAY_DIGITS);
    const checked = checkOptions(options);
    return compute(checked, trace, async (computation) => {
      const { addon, job } = computation;
      const { room, release } = arrayHeap(n, addon);
      try {
        return await toArray(await addon.digits(job, n, checked.algorithm, "array", room), computation);
      } finally {
        release();
      }
    });
  });
}

/**
 * The digits as an array, filled by a plain loop, which costs a tenth of `Array.from`.
 *
 * The event loop gets its turn every few milliseconds. Only the allocation of the array, 8 bytes a
 * digit, is one step: V8 has no way to divide it, and growing an array bit by bit copies it again
 * and again.
 */
async function toArray(bytes: Uint8Array, { check }: Computation): Promise<number[]> {
  const array = new Array<number>(bytes.length);
  const turns = new Turns();
  for (let start = 0; start < bytes.length; start += SLICE_DIGITS) {
    if (await turns.giveWay()) check();
    const end = Math.min(start + SLICE_DIGITS, bytes.length);
    for (let i = start; i < end; i++) array[i] = bytes[i] ?? 0;
  }
  return array;
}
