import { MAX_DIGITS } from "./limits";
import { checkOptions, checkWhole, type Options } from "./options";
import { quick } from "./quick";
import { traced } from "./tracing/channel";

/** The bytes that calls for the same digits need at their peak: upper bounds. */
export interface Estimate {
  /** For {@link generateBytes} and {@link stream}. */
  memory: number;
  /** For {@link generateString}. */
  stringMemory: number;
  /** For {@link generate}. */
  arrayMemory: number;
}

/**
 * The memory that a call for `n` digits would need at its peak, without computing them.
 *
 * @param n - A whole number from 0 to 1,000,000,000.
 * @param options - Those of the call; `algorithm` and `threads` matter. See {@link Options}.
 * @throws TypeError with code `ERR_INVALID_ARG_TYPE`, RangeError with code `ERR_OUT_OF_RANGE`, and
 *   {@link NativeBinaryError}.
 *
 * @example
 * ```ts
 * import { estimate } from "compute-pi-rs";
 *
 * const { memory } = estimate(1_000_000);
 * console.log(`${Math.ceil(memory / 2 ** 20)} MiB`);
 * ```
 */
export function estimate(n: number, options?: Options): Estimate {
  return traced("estimate", n, (trace) => {
    checkWhole("n", n, 0, MAX_DIGITS);
    const { algorithm, threads } = checkOptions(options);
    const engine = quick(trace);
    return {
      memory: engine.estimate(n, algorithm, threads, "bytes"),
      stringMemory: engine.estimate(n, algorithm, threads, "string"),
      arrayMemory: engine.estimate(n, algorithm, threads, "array"),
    };
  });
}
