// @ts-check
/**
 * The two queues. A position is one parent job in `pi-digits`; the ranges of terms that it is made of are its
 * children in `pi-terms`. BullMQ runs the parent when all of its children have results.
 */
export const DIGITS = "pi-digits";
export const TERMS = "pi-terms";

/** @typedef {import("compute-pi-rs").HexJob} HexJob */
/** @typedef {import("compute-pi-rs").HexPart} HexPart */

/**
 * @typedef {object} TermsData what a child is given
 * @property {HexJob} job
 * @property {string[]} [avoid] workers that must not take it, as long as there are others
 */

/**
 * @typedef {object} TermsResult what a child gives
 * @property {HexPart} part
 * @property {string} worker who computed it
 * @property {boolean} [alone] although it was to be avoided, since no other worker came
 */

/**
 * @typedef {object} DigitsData what a parent is given
 * @property {number} position
 * @property {number} count
 * @property {number[]} [rounds] how many results there were each time that some had to be done again
 */

/**
 * @typedef {object} DigitsResult what a parent gives
 * @property {number} position
 * @property {string} digits those that are certain
 * @property {number} parts ranges that were added up
 * @property {number} results results that came, repetitions included
 * @property {string[]} distrusted workers whose results disagreed with those of two others
 */

/** Where Redis is. A worker waits for it however long it is away. */
export const connection = () => ({
  url: process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379",
  maxRetriesPerRequest: null,
});

/** How a child is tried again: a worker that throws is not the end, one range that cannot be had is. */
export const termsOptions = {
  attempts: 8,
  backoff: { type: "exponential", delay: 500, jitter: 0.5 },
  failParentOnFailure: true,
};

/**
 * How soon a worker that died is noticed: its lock on a job ends, and the next check gives the job to another. The work
 * is off the event loop, so a live worker renews its lock however long a job takes.
 */
export const patience = {
  lockDuration: Number(process.env["FLEET_LOCK_MS"] ?? 30_000),
  stalledInterval: Number(process.env["FLEET_STALLED_MS"] ?? 15_000),
  // A job whose workers die again and again is what kills them.
  maxStalledCount: 5,
};
