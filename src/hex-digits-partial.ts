import { compute } from "./computation";
import { invalidType } from "./errors";
import { MAX_HEX_DIGITS, MAX_HEX_POSITION } from "./limits";
import { checkHexOptions, checkWhole, isRecord, type HexOptions } from "./options";
import { tracedPromise } from "./tracing/channel";

/** The digits that a job is cut for when it does not say. */
export const DEFAULT_COUNT = 16;

/** The format and the formula of parts: the engine's `hex::PART_VERSION`. */
export const PART_VERSION = 1;

/**
 * A piece of the work for the digits at one position: the terms `from` to `to` of Bellard's series.
 *
 * {@link hexDigitsPlan} makes them; any other cut of the terms is as good.
 */
export interface HexJob {
  /** That of the first digit, a whole number from 1 to 10,000,000,000,000. */
  position: number;
  /** The digits wanted, from 0 to 10,000, the same in all jobs for a position; the default is 16. */
  count?: number | undefined;
  /** The first term, from 0 on. */
  from: number;
  /** The term after the last one. */
  to: number;
}

/** The sum of the terms of a job, modulo 1, as it travels: it survives JSON. */
export interface HexPart {
  /** Of the format and the formula: only parts of one version add up. */
  version: number;
  /** That of the job. */
  position: number;
  /** The first term. */
  from: number;
  /** The term after the last one. */
  to: number;
  /**
   * Hexadecimal digits after the point, a multiple of ten of them: less than 7·(to − from) + 1 units of the last
   * place from the exact sum.
   */
  fraction: string;
}

/**
 * One part of the work of {@link hexDigits}, for any machine to do: the sum of a range of terms.
 *
 * A pure function. The same job gives the same part everywhere, whatever the processor and the threads, so that it may be
 * computed again or twice: {@link hexDigitsCombine} counts it once. A part is about a hundred bytes of JSON for a few
 * digits. The time is that of `to - from` terms, each a little dearer the farther the position; no memory to speak of.
 *
 * @param job - The terms, within those that the position and the count need.
 * @param options - See {@link HexOptions}.
 * @returns A promise that rejects as that of {@link generate}.
 *
 * @example
 * ```ts
 * import { hexDigitsCombine, hexDigitsPartial, hexDigitsPlan } from "compute-pi-rs";
 *
 * const { jobs } = await hexDigitsPlan({ position: 1_000_000, jobs: 4 });
 * // Anywhere, in any order, as often as it takes:
 * const parts = await Promise.all(jobs.map((job) => hexDigitsPartial(job)));
 * console.log(hexDigitsCombine(parts).digits.slice(0, 16)); // => 26C65E52CB459350
 * ```
 */
export function hexDigitsPartial(job: HexJob, options?: HexOptions): Promise<HexPart> {
  return tracedPromise("hexDigitsPartial", {}, async (trace) => {
    const { position, count, from, to } = checkJob(job);
    trace?.asked(count, position);
    const fraction = await compute(checkHexOptions(options), trace, ({ addon, job }) =>
      addon.hexDigitsPartial(job, position, count, from, to),
    );
    return { version: PART_VERSION, position, from, to, fraction };
  });
}

/** Reads each property once and checks it; the engine knows how many terms there are. */
function checkJob(job: unknown) {
  if (!isRecord(job)) throw invalidType("job", "an object", job);
  const { position, count = DEFAULT_COUNT, from, to } = job;
  return {
    position: checkWhole("job.position", position, 1, MAX_HEX_POSITION),
    count: checkWhole("job.count", count, 0, MAX_HEX_DIGITS),
    from: checkWhole("job.from", from, 0, Number.MAX_SAFE_INTEGER),
    to: checkWhole("job.to", to, 0, Number.MAX_SAFE_INTEGER),
  };
}
