import { brand, isError } from "./brand";

/** A wrong type, as Node.js reports it. */
export function invalidType(name: string, expected: string, value: unknown): TypeError {
  const message = `The "${name}" ${kindOf(name)} must be ${expected}. Received ${describe(value)}`;
  return Object.assign(new TypeError(message), { code: "ERR_INVALID_ARG_TYPE" });
}

/** A value outside its range, as Node.js reports it. */
export function outOfRange(name: string, range: string, value: unknown): RangeError {
  const message = `The value of "${name}" is out of range. It must be ${range}. Received ${describe(value)}`;
  return Object.assign(new RangeError(message), { code: "ERR_OUT_OF_RANGE" });
}

/** A value that is none of those that there are, as Node.js reports it. */
export function invalidValue(name: string, expected: string, value: unknown): TypeError {
  const message = `The ${kindOf(name)} '${name}' ${expected}. Received ${describe(value)}`;
  return Object.assign(new TypeError(message), { code: "ERR_INVALID_ARG_VALUE" });
}

/**
 * A call was refused, before any work, because it would need more memory than it may use.
 *
 * @example
 * ```ts
 * import { generate, MemoryLimitError } from "compute-pi-rs";
 *
 * const error = await generate(1_000_000, { maxMemory: 1_000_000 }).catch((error: unknown) => error);
 * if (error instanceof MemoryLimitError) console.log(error.needed, error.allowed);
 * ```
 */
export class MemoryLimitError extends Error {
  static {
    brand(this, "MemoryLimitError");
  }

  /** Always `ERR_COMPUTE_PI_MEMORY`. */
  readonly code = "ERR_COMPUTE_PI_MEMORY";

  /** @internal */
  constructor(
    /** The bytes that the call would need at its peak. */
    readonly needed: number,
    /** The bytes that it may use. */
    readonly allowed: number,
  ) {
    super(`The call needs ${String(needed)} bytes of memory and may use ${String(allowed)}`);
    this.name = "MemoryLimitError";
  }
}

/**
 * The system gives no thread to compute on: the process, its control group or its user has as many as it may. Nothing of the
 * call is kept; a later one works once threads are to be had again.
 *
 * @example
 * ```ts
 * import { generate, ThreadsError } from "compute-pi-rs";
 *
 * const digits = await generate(5).catch((error: unknown) => {
 *   if (error instanceof ThreadsError) console.error("Are there too many processes?");
 *   throw error;
 * });
 * console.log(digits); // => [ 3, 1, 4, 1, 5 ]
 * ```
 */
export class ThreadsError extends Error {
  static {
    brand(this, "ThreadsError");
  }

  /** Always `ERR_COMPUTE_PI_THREADS`. */
  readonly code = "ERR_COMPUTE_PI_THREADS";

  /** @internal */
  constructor(
    message: string,
    /** The words of the addon, with those of the system. */
    override readonly cause: unknown,
  ) {
    super(message);
    this.name = "ThreadsError";
  }
}

/**
 * The option `verify` found the digits wrong: the machine or the package made a mistake. They are not given.
 *
 * @example
 * ```ts
 * import { generateString, VerificationError } from "compute-pi-rs";
 *
 * try {
 *   console.log(await generateString(5, { verify: true })); // => 31415
 * } catch (error) {
 *   if (error instanceof VerificationError) console.error("Is the memory of this machine sound?");
 *   throw error;
 * }
 * ```
 */
export class VerificationError extends Error {
  static {
    brand(this, "VerificationError");
  }

  /** Always `ERR_COMPUTE_PI_VERIFY`. */
  readonly code = "ERR_COMPUTE_PI_VERIFY";

  /** @internal */
  constructor(
    message: string,
    /** The words of the addon. */
    override readonly cause: unknown,
  ) {
    super(message);
    this.name = "VerificationError";
  }
}

/** The fault of parts that do not add up: see {@link HexPartsError}. */
export type HexPartsProblem = "empty" | "version" | "malformed" | "mixed" | "disagree" | "overlap" | "gap";

/**
 * The parts given to {@link hexDigitsCombine} or {@link hexDigitsMerge} do not add up.
 *
 * - `"empty"`: there are none.
 * - `"version"`: one comes from a version of the package that sums other terms.
 * - `"malformed"`: a range or a fraction is damaged.
 * - `"mixed"`: they belong to several positions or counts of digits.
 * - `"disagree"`: two parts of one range differ, so that at least one of them is wrong.
 * - `"overlap"`: two different ranges share terms.
 * - `"gap"`: terms are missing.
 *
 * @example
 * ```ts
 * import { hexDigitsCombine, hexDigitsPartial, HexPartsError } from "compute-pi-rs";
 *
 * try {
 *   hexDigitsCombine([await hexDigitsPartial({ position: 1000, from: 5, to: 300 })]);
 * } catch (error) {
 *   if (!(error instanceof HexPartsError)) throw error;
 *   console.log(error.problem, error.from, error.to); // => gap 0 5
 * }
 * ```
 */
export class HexPartsError extends Error {
  static {
    brand(this, "HexPartsError");
  }

  /** Always `ERR_COMPUTE_PI_PARTS`. */
  readonly code = "ERR_COMPUTE_PI_PARTS";

  /** @internal */
  constructor(
    /** The fault. */
    readonly problem: HexPartsProblem,
    message: string,
    /** The first term in question. */
    readonly from?: number,
    /** The term after the last one in question. */
    readonly to?: number,
  ) {
    super(`The parts do not add up: ${message}`);
    this.name = "HexPartsError";
  }
}

/** The system refused memory, as Node.js reports it. */
export function allocationFailed(cause: Error): Error {
  return Object.assign(new Error(cause.message, { cause }), { code: "ERR_MEMORY_ALLOCATION_FAILED" });
}

/** The defect of the package that ended a call. */
export function internalError(cause: unknown): Error {
  const text = isError(cause) ? cause.message : String(cause);
  return Object.assign(new Error(text, { cause }), { code: "ERR_COMPUTE_PI_INTERNAL" });
}

function kindOf(name: string): string {
  return name.includes(".") ? "property" : "argument";
}

/** The value that came, in words, without touching any property of it. */
function describe(value: unknown): string {
  switch (typeof value) {
    case "string":
      // A piece of a long string that was put together of pieces would make it one first.
      if (value.length > 1000) return `type string (${String(value.length)} characters)`;
      return `type string (${JSON.stringify(value.length > 25 ? `${value.slice(0, 25)}…` : value)})`;
    case "number":
      return String(value);
    case "bigint":
      return `type bigint`;
    case "boolean":
      return `type boolean (${String(value)})`;
    case "undefined":
      return "undefined";
    case "object":
      return value === null ? "null" : "an object";
    case "function":
    case "symbol":
      return `a ${typeof value}`;
  }
}
