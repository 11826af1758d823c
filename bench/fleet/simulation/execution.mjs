// @ts-check
/** A whole execution of examples/fleet-stepfunctions: what it takes and what it costs. */
import { assumed, limits } from "./limits.mjs";
import { simulateMap } from "./map.mjs";

/** As in examples/fleet-stepfunctions/plan.js. */
const ROUNDS = 8;
const LENIENT_ROUNDS = 3;
const TOLERATED = 0.1;

/**
 * @typedef {object} Request
 * @property {number} work seconds of one thread for all terms
 * @property {number} jobs
 * @property {number} check the share of the jobs that are done twice
 * @property {number} planSeconds what making a plan takes
 * @property {number} [resultSeconds] of reading a result
 */

/**
 * @typedef {object} Execution
 * @property {number} seconds
 * @property {number} usd on x86-64
 * @property {boolean} broken whether more jobs failed for good than are tolerated
 * @property {number} items jobs, with those that are done twice
 * @property {number} rounds
 * @property {number} billed seconds of functions
 * @property {number} refused calls
 * @property {number} environments the most at a time
 */

/**
 * @param {Request} request
 * @param {import("./map.mjs").Conditions} conditions
 * @returns {Execution}
 */
export function simulateExecution({ work, jobs, check, planSeconds, resultSeconds }, conditions) {
  const { coldStart, random } = conditions;
  const perResult = resultSeconds ?? assumed.resultSeconds;
  const checked = Array.from({ length: jobs }, () => random() < check).filter(Boolean).length;
  /** @type {number[]} */
  let left = Array(jobs + checked).fill(work / jobs);
  const items = left.length;
  const total = { seconds: 0, billed: 0, calls: 0, transitions: 0, refused: 0, environments: 0, puts: 0, gets: 0 };
  /** A call of `Plan` or of `Combine`. @param {number} seconds */
  const invoke = (seconds) => {
    total.seconds += seconds;
    total.billed += seconds;
    total.calls += 1;
    total.transitions += 1;
  };
  /** The step `Plan`. @param {number} results */
  const collect = (results) => {
    const lists = Math.max(1, Math.ceil(results / 1000));
    total.puts += lists;
    total.gets += results + 1;
    return assumed.objectSeconds + lists * assumed.listSeconds * (perResult > 0 ? 1 : 0) + results * perResult;
  };
  let [broken, round] = [false, 0];
  invoke(coldStart + planSeconds + collect(0) + 2 * assumed.objectSeconds);
  total.puts += 2;
  for (; left.length > 0 && round < ROUNDS && !broken; round += 1) {
    // The choice, and the map.
    total.transitions += 2;
    const run = simulateMap(left, conditions);
    for (const key of /** @type {const} */ (["seconds", "billed", "calls", "transitions", "refused"])) {
      total[key] += run[key];
    }
    total.environments = Math.max(total.environments, run.environments);
    total.puts += left.length - run.left.length + 1;
    broken = run.left.length > (round < LENIENT_ROUNDS ? Math.ceil(TOLERATED * left.length) : 0);
    left = run.left;
    // It lists what is left, or the parts to add up.
    if (!broken) invoke(collect(items - left.length) + assumed.objectSeconds);
    total.puts += 1;
  }
  broken ||= left.length > 0;
  total.transitions += 1;
  if (!broken) invoke(coldStart + assumed.objectSeconds);
  total.gets += 1;
  const gigabytes = limits.oneCpuMegabytes / 1024;
  const usd =
    total.billed * gigabytes * limits.gigabyteSecondX86 +
    total.calls * limits.call +
    total.transitions * limits.transition +
    total.puts * limits.put +
    total.gets * limits.get;
  const { seconds, billed, refused, environments } = total;
  return { seconds, usd, broken, items, rounds: round, billed, refused, environments };
}
