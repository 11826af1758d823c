import { failureOf } from "./computation";
import { HexPartsError, invalidType, outOfRange } from "./errors";
import { type HexPart, PART_VERSION } from "./hex-digits-partial";
import { isRecord } from "./options";
import { quick } from "./quick";
import { bytesOf } from "./text";
import { traced } from "./tracing/channel";
import type { Quick } from "./wasm/backend";

/** Both functions hold the event loop: for less than 5 ms with that much, on a server of today. */
const MAX_PARTS = 10_000;
const MAX_CHARACTERS = 2 ** 19;

/** The length of the longest fraction, that of the most digits at the farthest position. */
export const MAX_FRACTION = 10_020;

/** The whole sum, and the digits that follow from it. */
export interface HexSum {
  /** That of the first digit. */
  position: number;
  /**
   * The leading digits of `fraction` that are pi's, upper case: those that no error within the bound can change. There
   * are as many as the jobs were cut for, mostly a few more, and fewer in one case of 65,536: then take
   * jobs for a larger `count`.
   */
  digits: string;
  /** The sum, as in {@link HexPart}. */
  fraction: string;
  /** The exact fraction is less than this many units of the last place of `fraction` away. */
  errorUnits: number;
}

/**
 * Adds the parts of all terms to the digits at their position.
 *
 * The order is of no account, and a part that comes again counts once. Everything else but each term exactly once is
 * refused. Synchronous, and bounded: the event loop is held for less than 5 ms, whatever the parts are.
 *
 * @param parts - From {@link hexDigitsPartial} or {@link hexDigitsMerge}, all of one position and count: at most 10,000, and
 *   at most 524,288 characters of their fractions together. Where there are more, {@link hexDigitsMerge} adds up groups of
 *   neighbours first.
 * @throws {@link HexPartsError}; a TypeError with code `ERR_INVALID_ARG_TYPE` for what is no part; a RangeError with code
 *   `ERR_OUT_OF_RANGE` for too many at once.
 *
 * @example
 * ```ts
 * import { hexDigitsCombine, hexDigitsPartial, hexDigitsPlan } from "compute-pi-rs";
 *
 * const { jobs } = await hexDigitsPlan({ position: 10_000, count: 8, jobs: 3 });
 * const parts = [];
 * for (const job of jobs) parts.push(await hexDigitsPartial(job));
 * const { digits } = hexDigitsCombine(JSON.parse(JSON.stringify(parts)));
 * console.log(digits.slice(0, 8)); // => 68AC8FCF
 * ```
 */
export function hexDigitsCombine(parts: readonly HexPart[]): HexSum {
  return addUp("hexDigitsCombine", parts, ({ numbers, fractions, position }, engine) => {
    const { digits, fraction, errorUnits } = engine.hexDigitsCombine(numbers, fractions);
    return { position, digits, fraction, errorUnits };
  });
}

/**
 * Adds parts of adjoining ranges to one part: for reducing in steps what is too much for one message or machine.
 *
 * @param parts - From {@link hexDigitsPartial} or this function, all of one position and count.
 * @throws What {@link hexDigitsCombine} throws.
 *
 * @example
 * ```ts
 * import { hexDigitsMerge, hexDigitsPartial } from "compute-pi-rs";
 *
 * const position = 1000;
 * const parts = [
 *   await hexDigitsPartial({ position, from: 10, to: 20 }),
 *   await hexDigitsPartial({ position, from: 0, to: 10 }),
 * ];
 * const whole = await hexDigitsPartial({ position, from: 0, to: 20 });
 * console.log(hexDigitsMerge(parts).fraction === whole.fraction); // => true
 * ```
 */
export function hexDigitsMerge(parts: readonly HexPart[]): HexPart {
  return addUp("hexDigitsMerge", parts, ({ numbers, fractions, position }, engine) => {
    const { from, to, fraction } = engine.hexDigitsMerge(numbers, fractions);
    return { version: PART_VERSION, position, from, to, fraction };
  });
}

function addUp<T>(
  name: "hexDigitsCombine" | "hexDigitsMerge",
  parts: unknown,
  add: (packed: Packed, engine: Quick) => T,
): T {
  return traced(name, undefined, (trace) => {
    const whole = packed(parts);
    const engine = quick(trace);
    trace?.asked(undefined, whole.position);
    try {
      return add(whole, engine);
    } catch (error) {
      throw failureOf(error);
    }
  });
}

/** The parts as the addon takes them, and the position of the first. */
interface Packed {
  numbers: Float64Array;
  fractions: Uint8Array;
  position: number;
}

/**
 * Reads each property once. The types and the lengths are checked here, before anything long is read; the values in the
 * engine.
 */
function packed(parts: unknown): Packed {
  if (!Array.isArray(parts)) throw invalidType("parts", "an array", parts);
  const { length } = parts;
  if (length > MAX_PARTS) throw outOfRange("parts.length", `at most ${String(MAX_PARTS)}`, length);
  const numbers = new Float64Array(4 * length);
  const fractions: string[] = [];
  let characters = 0;
  for (let index = 0; index < length; index++) {
    const { position, from, to, fraction } = checkPart(index, parts[index]);
    numbers[4 * index] = position;
    numbers[4 * index + 1] = from;
    numbers[4 * index + 2] = to;
    numbers[4 * index + 3] = fraction.length;
    characters += fraction.length;
    if (characters > MAX_CHARACTERS) {
      throw outOfRange("the length of all fractions", `at most ${String(MAX_CHARACTERS)}`, characters);
    }
    fractions.push(fraction);
  }
  return { numbers, fractions: ascii(fractions), position: numbers[0] ?? 0 };
}

/** The bytes of all; what is no ASCII would shift those after it. */
function ascii(fractions: readonly string[]): Uint8Array {
  const text = fractions.join("");
  const bytes = bytesOf(text);
  if (bytes.length !== text.length)
    throw new HexPartsError("malformed", "a fraction has characters that are no digits");
  return bytes;
}

function checkPart(index: number, part: unknown) {
  const name = () => `parts[${String(index)}]`;
  if (!isRecord(part)) throw invalidType(name(), "an object", part);
  const { version, position, from, to, fraction } = part;
  if (version !== PART_VERSION) {
    throw new HexPartsError("version", `${name()} is not of version ${String(PART_VERSION)}`);
  }
  if (typeof fraction !== "string") throw invalidType(`${name()}.fraction`, "a string", fraction);
  if (fraction.length > MAX_FRACTION) {
    throw new HexPartsError("malformed", `${name()}.fraction has ${String(fraction.length)} characters`);
  }
  const whole = (property: string, value: unknown) => {
    if (typeof value !== "number") throw invalidType(`${name()}.${property}`, "a number", value);
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new HexPartsError("malformed", `${name()}.${property} is ${String(value)}`);
    }
    return value;
  };
  return { position: whole("position", position), from: whole("from", from), to: whole("to", to), fraction };
}
