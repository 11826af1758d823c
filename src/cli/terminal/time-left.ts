/** Before that, a share of the work says nothing about the rest of it. */
const FIRST_LOOK_MS = 1000;
const FIRST_FRACTION = 0.005;

/** How slowly the end that is shown follows the one that is predicted: at least this, and a share of the time that has passed. */
const SETTLING_MS = 3000;
const SETTLING_SHARE = 0.2;

/**
 * Predicts how long work will still take.
 *
 * The prediction follows from the share that is done since the start, not from the last few moments, and what is shown
 * moves towards it slowly: work that is disturbed for a second must not seem to take minutes longer.
 */
export class TimeLeft {
  readonly #start: number;
  #end: number | undefined;
  #last: number;

  /** @param now - The time at which the work starts, in milliseconds of any clock that only goes forward. */
  constructor(now: number) {
    this.#start = now;
    this.#last = now;
  }

  /**
   * The milliseconds that are left when `fraction` of the work is done.
   *
   * @returns nothing as long as too little is done to tell
   */
  at(now: number, fraction: number): number | undefined {
    const elapsed = now - this.#start;
    if (elapsed < FIRST_LOOK_MS || fraction < FIRST_FRACTION) return undefined;
    const predicted = this.#start + elapsed / Math.min(fraction, 1);
    const settling = Math.max(SETTLING_MS, SETTLING_SHARE * elapsed);
    const weight = 1 - Math.exp((this.#last - now) / settling);
    this.#end = this.#end === undefined ? predicted : this.#end + weight * (predicted - this.#end);
    this.#last = now;
    return Math.max(0, this.#end - now);
  }
}

/** How a person says it: to the second near the end, coarser before. */
export function describeTimeLeft(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds <= 10) return `${seconds} s left`;
  if (seconds <= 90) return `${5 * Math.ceil(seconds / 5)} s left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 100) return `${minutes} min left`;
  return `${Math.ceil(minutes / 60)} h left`;
}
