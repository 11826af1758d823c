import { compute } from "./computation";
import { invalidType, outOfRange } from "./errors";
import { DEFAULT_COUNT, type HexJob } from "./hex-digits-partial";
import { MAX_HEX_DIGITS, MAX_HEX_JOBS, MAX_HEX_POSITION } from "./limits";
import { checkHexOptions, checkWhole, isRecord, type HexOptions } from "./options";
import { tracedPromise } from "./tracing/channel";
import { Turns } from "./turns";

/** The sum to cut, and the number or length of its pieces: `jobs` or `seconds`. */
export type HexPlanRequest = {
  /** That of the first digit, a whole number from 1 to 10,000,000,000,000. */
  position: number;
  /** The digits wanted, from 0 to 10,000; the default is 16. */
  count?: number | undefined;
} & (
  | {
      /** How many jobs, from 1 to 100,000. */
      jobs: number;
      /** Follows from the jobs. */
      seconds?: undefined;
    }
  | {
      /** How long a job should take here, with the threads of the options. */
      seconds: number;
      /** Follows from the seconds. */
      jobs?: undefined;
    }
);

/** Jobs that hold all terms once. */
export interface HexPlan {
  /** The terms of the whole sum. */
  terms: number;
  /** The time of each of the jobs on a machine like this one, with the threads of the options, in seconds. */
  seconds: number;
  /** For {@link hexDigitsPartial}: adjoining ranges, from 0 to `terms`. */
  jobs: HexJob[];
}

/**
 * Cuts the work for the digits at a position into jobs that take the same time each.
 *
 * Terms differ in cost, and machines in speed: both are measured here and now, which takes about half a
 * second. The borders of the jobs therefore differ from one call to the next; keep a plan as long as its parts.
 * Where there are fewer terms than jobs, there are as many jobs as terms.
 *
 * @param request - The position, and either how many jobs or how long ones.
 * @param options - See {@link HexOptions}.
 * @returns A promise that rejects as that of {@link generate}.
 *
 * @example
 * ```ts
 * import { hexDigitsPlan } from "compute-pi-rs";
 *
 * const { jobs, terms } = await hexDigitsPlan({ position: 1_000_000, jobs: 100 });
 * console.log(jobs.length, jobs[0].from, jobs[99].to === terms); // => 100 0 true
 *
 * // A minute each on one thread, as a Lambda function of 1,769 MB has it.
 * const plan = await hexDigitsPlan({ position: 1e9, seconds: 60 }, { threads: 1 });
 * console.error(`${plan.jobs.length} jobs of ${plan.seconds.toFixed(1)} s`);
 * ```
 */
export function hexDigitsPlan(request: HexPlanRequest, options?: HexOptions): Promise<HexPlan> {
  return tracedPromise("hexDigitsPlan", {}, async (trace) => {
    const { position, count, jobs, seconds } = checkRequest(request);
    trace?.asked(count, position);
    const plan = await compute(checkHexOptions(options), trace, ({ addon, job }) =>
      addon.hexDigitsPlan(job, position, count, jobs, seconds),
    );
    const cut: HexJob[] = [];
    const turns = new Turns();
    for (let index = 1; index < plan.borders.length; index++) {
      if (index % 1024 === 0) await turns.giveWay();
      cut.push({ position, count, from: plan.borders[index - 1] ?? 0, to: plan.borders[index] ?? 0 });
    }
    return { terms: plan.terms, seconds: plan.seconds, jobs: cut };
  });
}

/** Reads each property once and checks it. */
function checkRequest(request: unknown) {
  if (!isRecord(request)) throw invalidType("request", "an object", request);
  const { position, count = DEFAULT_COUNT, jobs, seconds } = request;
  const common = {
    position: checkWhole("request.position", position, 1, MAX_HEX_POSITION),
    count: checkWhole("request.count", count, 0, MAX_HEX_DIGITS),
  };
  if (seconds === undefined) {
    return { ...common, jobs: checkWhole("request.jobs", jobs, 1, MAX_HEX_JOBS), seconds };
  }
  if (jobs !== undefined) throw outOfRange("request.seconds", "undefined beside request.jobs", seconds);
  if (typeof seconds !== "number") throw invalidType("request.seconds", "a number", seconds);
  if (!(seconds > 0 && seconds < Infinity)) throw outOfRange("request.seconds", "above 0", seconds);
  return { ...common, jobs, seconds };
}
