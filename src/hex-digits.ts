import { compute } from "./computation";
import { MAX_HEX_DIGITS, MAX_HEX_POSITION } from "./limits";
import { checkHexOptions, checkWhole, type HexOptions } from "./options";
import { tracedPromise } from "./tracing/channel";

/**
 * Hexadecimal digits of pi from a position on, upper case, without those before it.
 *
 * Bellard's formula: the time grows a little faster than the position and hardly with the count up to a few dozen;
 * no memory to speak of. An independent check of the digits that {@link generate} gives.
 *
 * @param position - That of the first digit, a whole number from 1 to 10,000,000,000,000; 1 is the first after the
 *   point, a 2.
 * @param count - A whole number from 0 to 10,000.
 * @param options - See {@link HexOptions}.
 * @returns A promise that rejects as that of {@link generate}.
 *
 * @example
 * ```ts
 * import { hexDigits } from "compute-pi-rs";
 *
 * console.log(await hexDigits(1, 8)); // => 243F6A88
 * console.log(await hexDigits(10_000, 16)); // => 68AC8FCFB8016CBD
 * ```
 */
export function hexDigits(position: number, count: number, options?: HexOptions): Promise<string> {
  return tracedPromise("hexDigits", { digits: count, position }, async (trace) => {
    checkWhole("position", position, 1, MAX_HEX_POSITION);
    checkWhole("count", count, 0, MAX_HEX_DIGITS);
    return compute(checkHexOptions(options), trace, ({ addon, job }) => addon.hexDigits(job, position, count));
  });
}
