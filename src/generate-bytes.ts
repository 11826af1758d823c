import { ownBytes, type Bytes } from "./bytes";
import { compute } from "./computation";
import { MAX_DIGITS } from "./limits";
import { checkOptions, checkWhole, type Options } from "./options";
import { tracedPromise } from "./tracing/channel";

/**
 * The first `n` decimal digits of pi, the leading 3 included, as bytes from 0 to 9.
 *
 * The memory is the engine's own, handed over without a copy: the event loop does nothing that grows
 * with `n`. Node.js does not transfer such memory to another thread; it does a copy, as `slice()` makes. Where tests run in a
 * `node:vm` context, as Jest's do, the array is of that context, its `buffer` of Node.js' own.
 *
 * @param n - A whole number from 0 to 1,000,000,000.
 * @param options - See {@link Options}.
 * @returns A promise that rejects as that of {@link generate}.
 *
 * @example
 * ```ts
 * import { generateBytes } from "compute-pi-rs";
 *
 * console.log(await generateBytes(5)); // => Uint8Array(5) [ 3, 1, 4, 1, 5 ]
 * ```
 */
export function generateBytes(n: number, options?: Options): Promise<Bytes> {
  return tracedPromise("generateBytes", { digits: n }, async (trace) => {
    checkWhole("n", n, 0, MAX_DIGITS);
    const checked = checkOptions(options);
    return compute(checked, trace, async ({ addon, job }) =>
      ownBytes(await addon.digits(job, n, checked.algorithm, "bytes", undefined)),
    );
  });
}
