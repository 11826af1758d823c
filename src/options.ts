import { invalidType, outOfRange } from "./errors";
import { MAX_THREADS } from "./limits";
import type { Algorithm, Progress, Verification } from "./native/addon";

/** What a call for hexadecimal digits may ask for. All of it is optional. */
export interface HexOptions {
  /** Stops the work: the call fails with the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * Told about every 50 ms how far the work is, and once more at its end. What it throws, or a
   * promise of its rejects with, stops the work and becomes the failure of the call.
   */
  onProgress?: ((progress: Progress) => unknown) | undefined;
  /**
   * The most threads to compute on, from 1 to 1024: no more work than there are CPUs and than the work keeps busy. The
   * default is what the process may use.
   */
  threads?: number | undefined;
}

/** What a call for decimal digits may ask for. All of it is optional. */
export interface Options extends HexOptions {
  /** How the digits are computed; the default is `"chudnovsky"`. */
  algorithm?: Algorithm | undefined;
  /**
   * The bytes that the call may use at its peak: it is refused when it would need more. The default
   * is what the machine, its control group or the Lambda function has left; `Infinity` is no limit.
   */
  maxMemory?: number | undefined;
  /**
   * Proves the digits before they are given, by an independent way and 6 to 12 % more work: the computation has to
   * end with the hexadecimal digits of pi that Bellard's formula gives at that place, and what this cannot see, the last
   * step of the division and the conversion to decimal, has to be right modulo 2^61 − 1. The call fails with
   * {@link VerificationError} otherwise. A stream gives its last digits only when all of them have passed. A function is
   * told how the digits were proved, once they are; with no digits there is nothing to prove. The default is `false`.
   */
  verify?: boolean | ((verification: Verification) => void) | undefined;
}

/** Options that were read once and checked. */
export interface CheckedOptions {
  signal: AbortSignal | undefined;
  onProgress: ((progress: Progress) => unknown) | undefined;
  threads: number | undefined;
  algorithm: Algorithm;
  maxMemory: number | undefined;
  verify: boolean | ((verification: Verification) => void);
}

/** Reads each option once and checks it. */
export function checkOptions(options: unknown = {}): CheckedOptions {
  if (!isObject(options)) throw invalidType("options", "an object", options);
  const { signal, onProgress, threads, algorithm = "chudnovsky", maxMemory, verify = false } = options;
  if (signal !== undefined && !isSignal(signal)) {
    throw invalidType("options.signal", "an AbortSignal", signal);
  }
  if (onProgress !== undefined && !isFunction(onProgress)) {
    throw invalidType("options.onProgress", "a function", onProgress);
  }
  if (typeof algorithm !== "string") throw invalidType("options.algorithm", "a string", algorithm);
  if (algorithm !== "chudnovsky" && algorithm !== "spigot") {
    throw outOfRange("options.algorithm", '"chudnovsky" or "spigot"', algorithm);
  }
  if (typeof verify !== "boolean" && !isFunction(verify)) {
    throw invalidType("options.verify", "a boolean or a function", verify);
  }
  return {
    signal,
    onProgress,
    threads: threads === undefined ? undefined : checkWhole("options.threads", threads, 1, MAX_THREADS),
    algorithm,
    maxMemory: maxMemory === undefined ? undefined : checkMemory(maxMemory),
    verify,
  };
}

/** Checks a whole number in a range, both ends included. */
export function checkWhole(name: string, value: unknown, min: number, max: number): number {
  if (typeof value !== "number") throw invalidType(name, "a number", value);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw outOfRange(name, `a whole number from ${String(min)} to ${String(max)}`, value);
  }
  return value;
}

function checkMemory(value: unknown): number {
  return value === Infinity ? value : checkWhole("options.maxMemory", value, 0, Number.MAX_SAFE_INTEGER);
}

/** An object to read properties of. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isObject(value: unknown): value is Record<keyof Options, unknown> {
  return typeof value === "object" && value !== null;
}

function isFunction(value: unknown): value is (argument: unknown) => unknown {
  return typeof value === "function";
}

/** Signals of other realms and of polyfills are signals too. */
function isSignal(value: unknown): value is AbortSignal {
  return (
    isObject(value) &&
    "aborted" in value &&
    "addEventListener" in value &&
    isFunction(value.addEventListener) &&
    "removeEventListener" in value &&
    isFunction(value.removeEventListener)
  );
}
