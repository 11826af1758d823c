import { invalidType, invalidValue, outOfRange } from "./errors";
import { MAX_DIGITS, MAX_THREADS } from "./limits";
import type { Algorithm, Progress, Verification } from "./native/addon";

/**
 * The options of a call for hexadecimal digits.
 *
 * One rule holds for the options of every function: `undefined` is as if it was not given, and what the function does not know
 * is refused with `ERR_INVALID_ARG_VALUE`.
 *
 * Another holds for the functions among them: what one throws, or a promise of its rejects with, becomes the failure of the call. A
 * promise of its is waited for at the end of the call, half a second at most; what fails later is ignored.
 */
export interface HexOptions {
  /** Stops the work: the call fails with the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * Told about every 50 ms how far the work is, but not while a promise of its is pending, and once more at the end. When it
   * fails, the work stops. A stream without end tells of the digits that it computes at a time.
   */
  onProgress?: ((progress: Progress) => unknown) | undefined;
  /**
   * The most threads to compute on, from 1 to 1024: no more work than there are CPUs and than the work keeps busy. The
   * default is what the process may use.
   */
  threads?: number | undefined;
}

/** The options of a call for decimal digits. */
export interface Options extends HexOptions {
  /** How the digits are computed; the default is `"chudnovsky"`. */
  algorithm?: Algorithm | undefined;
  /**
   * The bytes that the call may use at its peak: it is refused when it would need more. The default
   * is what the machine, its control group or the Lambda function has left; `Infinity` is no limit.
   */
  maxMemory?: number | undefined;
  /**
   * Proves the digits before they are given, by an independent way and some percent more work: the computation has to
   * end with the hexadecimal digits of pi that Bellard's formula gives at that place, and what this cannot see, the last
   * step of the division and the conversion to decimal, has to be right modulo 2^61 − 1. The call fails with
   * {@link VerificationError} otherwise. A stream gives its last digits only when all of them have passed. The default is
   * `false`.
   */
  verify?: boolean | undefined;
  /**
   * Told once how the digits were proved, when `verify` is true and there are digits; by a stream without end, each time that
   * as many digits again were proved.
   */
  onVerified?: ((verification: Verification) => unknown) | undefined;
}

/** Options that were read once and checked. */
export interface CheckedOptions {
  signal: AbortSignal | undefined;
  onProgress: ((progress: Progress) => unknown) | undefined;
  threads: number | undefined;
  algorithm: Algorithm;
  maxMemory: number | undefined;
  verify: boolean;
  onVerified: ((verification: Verification) => unknown) | undefined;
}

const HEX_OPTIONS = ["signal", "onProgress", "threads"];
const OPTIONS = [...HEX_OPTIONS, "algorithm", "maxMemory", "verify", "onVerified"];

/** The options of a call that gives none: what others add to `Object.prototype` is no option. */
const NONE = Object.freeze(Object.create(null) as object);

/** Reads each option of a call for hexadecimal digits once and checks it. */
export function checkHexOptions(options: unknown): CheckedOptions {
  return check(options, HEX_OPTIONS);
}

/** Reads each option once and checks it. */
export function checkOptions(options: unknown): CheckedOptions {
  return check(options, OPTIONS);
}

function check(options: unknown = NONE, known: readonly string[]): CheckedOptions {
  if (!isObject(options)) throw invalidType("options", "an object", options);
  refuseUnknown(options, known);
  const { signal, onProgress, threads, algorithm = "chudnovsky", maxMemory, verify = false, onVerified } = options;
  if (signal !== undefined && !isSignal(signal)) {
    throw invalidType("options.signal", "an AbortSignal", signal);
  }
  if (onProgress !== undefined && !isFunction(onProgress)) {
    throw invalidType("options.onProgress", "a function", onProgress);
  }
  if (typeof algorithm !== "string") throw invalidType("options.algorithm", "a string", algorithm);
  if (algorithm !== "chudnovsky" && algorithm !== "spigot") {
    throw invalidValue("options.algorithm", "must be one of: 'chudnovsky', 'spigot'", algorithm);
  }
  if (typeof verify !== "boolean") throw invalidType("options.verify", "a boolean", verify);
  if (onVerified !== undefined && !isFunction(onVerified)) {
    throw invalidType("options.onVerified", "a function", onVerified);
  }
  return {
    signal,
    onProgress,
    threads: threads === undefined ? undefined : checkWhole("options.threads", threads, 1, MAX_THREADS),
    algorithm,
    maxMemory: maxMemory === undefined ? undefined : checkMemory(maxMemory),
    verify,
    onVerified,
  };
}

/** A misspelt option would be one that is not given, and nobody would notice. */
function refuseUnknown(options: Record<string, unknown>, known: readonly string[]): void {
  for (const name of Object.keys(options).filter((name) => !known.includes(name))) {
    const value = options[name];
    if (value !== undefined) throw invalidValue(`options.${name}`, `is none of: ${known.join(", ")}`, value);
  }
}

/** Checks a whole number in a range, both ends included. */
export function checkWhole(name: string, value: unknown, min: number, max: number, or = ""): number {
  if (typeof value !== "number") throw invalidType(name, "a number", value);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw outOfRange(name, `a whole number from ${String(min)} to ${String(max)}${or}`, value);
  }
  return value;
}

/** Checks how many digits a stream is to have: as many as all calls, or no end of them. */
export function checkStreamed(n: unknown): number {
  return n === Infinity ? n : checkWhole("n", n, 0, MAX_DIGITS, ", or Infinity");
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
