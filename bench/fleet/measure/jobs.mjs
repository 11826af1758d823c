// @ts-check
import { idle, round, timed } from "./processor.mjs";

const POSITION = 1e10;
const SECONDS = 1;

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** @param {readonly number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.round(share * (sorted.length - 1))] ?? NaN, 3);
}

/** @param {readonly number[]} ratios */
const quantiles = (ratios) => Object.fromEntries([0, 0.1, 0.5, 0.9, 0.99, 1].map((q) => [q, quantile(ratios, q)]));

/**
 * All jobs of a plan, one after the other on one thread: how much longer than the mean each takes.
 *
 * @param {typeof import("compute-pi-rs")} pi
 */
export async function jobTimes({ hexDigitsPlan, hexDigitsPartial, hexDigitsCombine }) {
  if (!(await idle())) console.log("the machine is busy");
  const planning = await timed(() => hexDigitsPlan({ position: POSITION, seconds: SECONDS }, { threads: 1 }));
  const { jobs, seconds } = planning.result;
  console.log(`${jobs.length} jobs of ${seconds.toFixed(2)} s`);
  const parts = [];
  for (const job of jobs) parts.push(await timed(() => hexDigitsPartial(job, { threads: 1 })));
  const { digits } = hexDigitsCombine(parts.map(({ result }) => result));
  /** @param {readonly number[]} times */
  const relative = (times) => times.map((time) => round((time * times.length) / sum(times), 3));
  const [processor, clock] = [parts.map((part) => part.processor), parts.map((part) => part.seconds)];
  return {
    position: POSITION,
    digits,
    planned: round(seconds),
    planSeconds: round(planning.processor),
    wholeProcessorSeconds: round(sum(processor)),
    bytes: {
      job: JSON.stringify(jobs.at(-1)).length,
      part: JSON.stringify(parts.at(-1)?.result).length,
    },
    processorQuantiles: quantiles(relative(processor)),
    clockQuantiles: quantiles(relative(clock)),
    processorRatios: relative(processor).join(" "),
    clockRatios: relative(clock).join(" "),
  };
}
