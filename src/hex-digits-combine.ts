import { failureOf } from "./computation";
import { HexPartsError, invalidType } from "./errors";
import { type HexPart, PART_VERSION } from "./hex-digits-partial";
import type { NativeHexPart } from "./native/addon";
import { loadNative } from "./native/load";
import { isRecord } from "./options";

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
 * refused. Synchronous: a thousand parts take about a millisecond.
 *
 * @param parts - From {@link hexDigitsPartial} or {@link hexDigitsMerge}, all of one position and count.
 * @throws {@link HexPartsError}, and a TypeError with code `ERR_INVALID_ARG_TYPE` for what is no part.
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
  const checked = checkParts(parts);
  const { digits, fraction, errorUnits } = addUp(() => loadNative().addon.hexDigitsCombine(checked));
  return { position: positionOf(checked), digits, fraction, errorUnits };
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
  const checked = checkParts(parts);
  const { from, to, fraction } = addUp(() => loadNative().addon.hexDigitsMerge(checked));
  return { version: PART_VERSION, position: positionOf(checked), from, to, fraction };
}

/** The parts that the addon took are of one position. */
function positionOf([first]: readonly NativeHexPart[]): number {
  return first?.position ?? 0;
}

function addUp<T>(add: () => T): T {
  try {
    return add();
  } catch (error) {
    throw failureOf(error);
  }
}

/** Reads each property once. The types are checked here, the values in the engine. */
function checkParts(parts: unknown): NativeHexPart[] {
  if (!Array.isArray(parts)) throw invalidType("parts", "an array", parts);
  return Array.from(parts, (part: unknown, index) => checkPart(`parts[${String(index)}]`, part));
}

function checkPart(name: string, part: unknown): NativeHexPart {
  if (!isRecord(part)) throw invalidType(name, "an object", part);
  const { version, position, from, to, fraction } = part;
  if (version !== PART_VERSION) {
    throw new HexPartsError("version", `${name} is not of version ${String(PART_VERSION)}`);
  }
  if (typeof fraction !== "string") throw invalidType(`${name}.fraction`, "a string", fraction);
  const whole = (property: string, value: unknown) => {
    if (typeof value !== "number") throw invalidType(`${name}.${property}`, "a number", value);
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new HexPartsError("malformed", `${name}.${property} is ${String(value)}`);
    }
    return value;
  };
  return { position: whole("position", position), from: whole("from", from), to: whole("to", to), fraction };
}
