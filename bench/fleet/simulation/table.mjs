// @ts-check
/** Every number of functions at every position: the best length of jobs, the time, the cost and the limit that binds. */
import { assumed, limits } from "./limits.mjs";
import { simulateExecution } from "./execution.mjs";
import { seeded } from "./random.mjs";

export const FUNCTIONS = [10, 100, 1000, 10_000];
export const POSITIONS = [1e9, 1e10, 1e12];

/** Lengths of jobs to choose from, in seconds. */
const LENGTHS = [1, 2, 3, 5, 7, 10, 15, 20, 30, 60, 120, 300];
/** The largest number of jobs in a plan: `MAX_HEX_JOBS`. */
const MAX_JOBS = 100_000;
/** So much longer may jobs make it, since they cost less. */
const INDIFFERENT = 1.03;
/** A limit that costs less than this share of the time does not bind. */
const NOTABLE = 0.1;
const SEEDS = 9;

/**
 * @typedef {object} Cell
 * @property {number} position
 * @property {number} functions
 * @property {number} jobSeconds the length of a job with which it takes the least time
 * @property {number} seconds median of some runs
 * @property {number} ideal seconds of the work without repetitions, divided by the functions
 * @property {number} usd
 * @property {number} items
 * @property {number} environments that were used
 * @property {number} refused calls
 * @property {Record<string, number>} without seconds without each limit
 * @property {string} binds
 */

/**
 * @param {any} results as run.mjs writes them
 * @returns {{ check: number, addon: number, work: Record<string, number>, cells: Cell[], starts: Cell, paused: Cell[] }}
 */
export function table(results) {
  const inputs = measured(results);
  const cells = POSITIONS.flatMap((position) => FUNCTIONS.map((functions) => cell(inputs, position, functions)));
  const most = Math.max(...POSITIONS);
  // If the limit of StartExecution held for the children of a map.
  const { startsAtOnce, startsPerSecond } = limits;
  const starts = cell({ ...inputs, extra: { startsAtOnce, startsPerSecond } }, most, 1000);
  // The same where jobs stay as short as for a thousand functions.
  const short = cells.find(({ position, functions }) => position === most && functions === 1000)?.jobSeconds ?? 10;
  const paused = [1000, 10_000].map((functions) => cell({ ...inputs, lengths: [short] }, most, functions));
  const work = Object.fromEntries(POSITIONS.map((position) => [position, inputs.work(position)]));
  return { check: inputs.check, addon: inputs.addon, work, cells, starts, paused };
}

/**
 * @typedef {ReturnType<typeof measured> & { extra?: Record<string, number>, lengths?: number[] }} Inputs
 */

/** The measurements that the simulation starts from. @param {any} results */
function measured({ terms, whole, jobs, coldStart }) {
  /** @param {number} position @param {string} simd */
  const sampled = (position, simd) =>
    terms.find((/** @type {any} */ row) => row.position === position && row.simd === simd)?.seconds;
  const best = terms.at(-1).simd;
  const run = whole.at(-1);
  // The addon is built for size, too: its terms may take longer than those of the engine alone.
  const addon = run.processor / sampled(run.position, best);
  return {
    check: 0.1,
    addon,
    // The widest vectors that Lambda's documentation names.
    work: (/** @type {number} */ position) => addon * (sampled(position, "avx2") ?? sampled(position, best)),
    ratios: /** @type {number[]} */ (jobs.processorRatios.split(" ").map(Number)),
    planSeconds: jobs.planSeconds,
    coldStart,
  };
}

/**
 * @param {Inputs} inputs
 * @param {number} position
 * @param {number} functions
 * @returns {Cell}
 */
function cell(inputs, position, functions) {
  const best = fastest(inputs, position, functions);
  const without = Object.fromEntries(
    Object.entries(relaxations(inputs)).map(([limit, relaxed]) => [
      limit,
      fastest({ ...inputs, ...relaxed }, position, functions).seconds,
    ]),
  );
  const [limit = "", least = NaN] = Object.entries(without).sort(([, a], [, b]) => a - b)[0] ?? [];
  const { jobSeconds, seconds, usd, items, environments, refused } = best;
  const binds = least < (1 - NOTABLE) * seconds ? limit : "functions";
  const ideal = inputs.work(position) / functions;
  return { position, functions, jobSeconds, seconds, ideal, usd, items, environments, refused, without, binds };
}

/**
 * The length of jobs with which it takes the least time, or hardly more at less cost.
 *
 * @param {Inputs & { resultSeconds?: number }} inputs
 * @param {number} position
 * @param {number} functions
 */
function fastest(inputs, position, functions) {
  const work = inputs.work(position);
  const runs = (inputs.lengths ?? LENGTHS)
    .map((jobSeconds) => ({ jobSeconds, jobs: Math.ceil(work / jobSeconds) }))
    .filter(({ jobs }) => jobs <= MAX_JOBS)
    .map((plan) => ({ ...plan, ...execute(inputs, plan.jobs, position, functions) }))
    .filter(({ broken }) => !broken);
  const least = Math.min(...runs.map(({ seconds }) => seconds));
  const best = runs.filter(({ seconds }) => seconds <= INDIFFERENT * least).at(-1);
  if (best === undefined) throw new Error(`no length of jobs works at ${position} with ${functions} functions`);
  return best;
}

/** The same without one of the limits. @param {Inputs} inputs @returns {Record<string, Record<string, any>>} */
function relaxations({ ratios, extra }) {
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  return {
    ramp: { extra: { ...extra, environmentsAtOnce: Infinity } },
    "slow jobs": { ratios: [mean] },
    start: { planSeconds: 0, coldStart: 0 },
    results: { resultSeconds: 0 },
    writes: { extra: { ...extra, putsPerSecond: Infinity } },
  };
}

/**
 * The run of median time, of some.
 *
 * @param {Inputs & { resultSeconds?: number }} inputs
 * @param {number} jobs
 * @param {number} position
 * @param {number} functions
 */
function execute(inputs, jobs, position, functions) {
  const { check, ratios, planSeconds, coldStart, resultSeconds, extra } = inputs;
  const request = {
    work: inputs.work(position),
    jobs,
    check,
    planSeconds,
    ...(resultSeconds === 0 && { resultSeconds }),
  };
  const runs = Array.from({ length: SEEDS }, (_, seed) =>
    simulateExecution(request, {
      functions,
      ratios,
      coldStart,
      failureRate: assumed.failureRate,
      random: seeded(seed),
      ...extra,
    }),
  ).sort((a, b) => a.seconds - b.seconds);
  const median = runs[SEEDS >> 1];
  if (median === undefined) throw new Error("no run");
  return { ...median, broken: runs.some(({ broken }) => broken) };
}
