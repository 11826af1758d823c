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

/** The defect of the package that ended a call. */
export function internalError(cause: unknown): Error {
  const text = cause instanceof Error ? cause.message : String(cause);
  return Object.assign(new Error(text, { cause }), { code: "ERR_COMPUTE_PI_INTERNAL" });
}

function kindOf(name: string): string {
  return name.includes(".") ? "property" : "argument";
}

/** What came, without touching any property of it. */
function describe(value: unknown): string {
  switch (typeof value) {
    case "string":
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
