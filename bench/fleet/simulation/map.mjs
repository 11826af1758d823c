// @ts-check
/**
 * The distributed map of examples/fleet-stepfunctions: its children call a function that gains execution environments
 * only so fast, and try again as the state machine says.
 */
import { assumed, limits } from "./limits.mjs";
import { Bucket, Schedule } from "./schedule.mjs";

/** `Retry` of the state `Partial`: refused calls, with full jitter, then others. */
const REFUSED = { attempts: 8, first: 1, most: 30 };
const FAILED = { attempts: 1, first: 1 };

/**
 * @typedef {object} Conditions
 * @property {number} functions that may run at a time
 * @property {readonly number[]} ratios how much longer than their mean jobs took, one for each of some measured jobs
 * @property {number} coldStart seconds that a new environment takes
 * @property {number} failureRate of calls that end in the middle
 * @property {() => number} random from 0 up to 1
 * @property {number} [environmentsAtOnce]
 * @property {number} [environmentsPerSecond]
 * @property {number} [startsAtOnce] of child executions; AWS publishes no limit
 * @property {number} [startsPerSecond]
 * @property {number} [putsPerSecond] of results
 */

/**
 * @typedef {object} MapRun
 * @property {number} seconds
 * @property {number} billed seconds of functions
 * @property {number} calls of functions that ran
 * @property {number} transitions
 * @property {number} refused calls
 * @property {number} environments the most at a time
 * @property {number[]} left the items that failed for good
 */

/** @typedef {{ item: number, refusals: number, failures: number }} Child */

/**
 * @param {readonly number[]} items planned seconds of each
 * @param {Conditions} conditions
 * @returns {MapRun}
 */
export function simulateMap(items, { functions, ratios, coldStart, failureRate, random, ...rates }) {
  const { environmentsAtOnce, environmentsPerSecond, transitionsAtOnce, transitionsPerSecond, putsPerSecond } = {
    ...limits,
    ...rates,
  };
  const gains = new Bucket(environmentsAtOnce, environmentsPerSecond);
  const transitions = new Bucket(transitionsAtOnce, transitionsPerSecond);
  const starts = new Bucket(rates.startsAtOnce ?? Infinity, rates.startsPerSecond ?? Infinity);
  const puts = new Bucket(putsPerSecond, putsPerSecond);
  /** @type {MapRun} */
  const run = { seconds: 0, billed: 0, calls: 0, transitions: 0, refused: 0, environments: 0, left: [] };
  /** @type {Schedule<() => void>} */
  const schedule = new Schedule();
  const queue = items.values();
  let [now, existing, idle] = [0, 0, 0];

  const startNext = () => {
    const { value: item } = queue.next();
    if (item !== undefined) call(starts.reserve(now), { item, refusals: 0, failures: 0 });
  };
  /** @param {number} time @param {Child} child */
  const call = (time, child) => schedule.add(time, () => schedule.add(transition(), () => attempt(child)));
  const transition = () => {
    run.transitions += 1;
    return transitions.reserve(now);
  };
  /** @param {Child} child */
  const attempt = (child) => {
    if (idle > 0) {
      idle -= 1;
      compute(child, 0);
    } else if (existing < functions && gains.take(now)) {
      existing += 1;
      run.environments = Math.max(run.environments, existing);
      compute(child, coldStart);
    } else {
      run.refused += 1;
      child.refusals += 1;
      if (child.refusals > REFUSED.attempts) return giveUp(child);
      const most = Math.min(REFUSED.first * 2 ** (child.refusals - 1), REFUSED.most);
      call(now + random() * most, child);
    }
  };
  /** @param {Child} child @param {number} preparation */
  const compute = (child, preparation) => {
    const ratio = ratios[Math.floor(random() * ratios.length)] ?? 1;
    const whole = child.item * ratio + assumed.objectSeconds;
    const dies = random() < failureRate;
    const seconds = preparation + Math.min(dies ? whole * random() : whole, limits.functionSeconds);
    run.calls += 1;
    run.billed += seconds;
    schedule.add(now + seconds + assumed.callSeconds, () =>
      dies || whole > limits.functionSeconds ? fail(child) : schedule.add(puts.reserve(now), succeed),
    );
  };
  const succeed = () => {
    idle += 1;
    startNext();
  };
  /** @param {Child} child */
  const fail = (child) => {
    existing -= 1;
    child.failures += 1;
    if (child.failures > FAILED.attempts) return giveUp(child);
    call(now + random() * FAILED.first, child);
  };
  /** @param {Child} child */
  const giveUp = ({ item }) => {
    run.left.push(item);
    startNext();
  };

  for (let child = 0; child < Math.min(functions, limits.mapConcurrency); child += 1) startNext();
  for (let next = schedule.take(); next; next = schedule.take()) {
    now = next.time;
    next.event();
  }
  run.seconds = now;
  return run;
}
