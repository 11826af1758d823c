import { compute } from "./computation";
import { checkOptions, checkWhole, type Options } from "./options";
import { maxStringDigits, textOf } from "./text";
import { tracedPromise } from "./tracing/channel";

/**
 * The first `n` decimal digits of pi, the leading 3 included and without a point, as a string.
 *
 * The event loop is held for one copy of the digits, about a millisecond for ten million.
 *
 * @param n - A whole number from 0 to the length of the longest string, 536,870,888 in Node.js.
 * @param options - See {@link Options}.
 * @returns A promise that rejects as that of {@link generate}.
 *
 * @example
 * ```ts
 * import { generateString } from "compute-pi-rs";
 *
 * console.log(await generateString(5)); // => 31415
 * ```
 */
export function generateString(n: number, options?: Options): Promise<string> {
  return tracedPromise("generateString", { digits: n }, async (trace) => {
    checkWhole("n", n, 0, maxStringDigits());
    const checked = checkOptions(options);
    return compute(checked, trace, async ({ addon, job }) =>
      textOf(await addon.digits(job, n, checked.algorithm, "string", undefined)),
    );
  });
}
