// @ts-check
import { deploy } from "./functions.mjs";
import { round } from "./statistics.mjs";

/** @typedef {{ phase: string, start: number, end: number }} Span in milliseconds */

/**
 * Where cold and warm invocations spend their time with 128 MB, on average, from the spans that the function reports to
 * X-Ray. A single one says little: whatever runs when the share of the CPU is used up waits for the next 20 ms.
 *
 * @param {number} digits
 * @param {boolean} limits
 */
export async function trace(digits, limits) {
  const deployed = await deploy("traced", { handler: "traced.handler", limits });
  const cold = [];
  const warm = [];
  for (let round = 0; round < 9; round++) {
    cold.push(phases(await deployed.invoke({ digits })));
    for (let run = 0; run < 3; run++) warm.push(phases(await deployed.invoke({ digits })));
    await deployed.shutdown();
  }
  await deployed.remove();
  return { digits, cold: spans(cold), warm: spans(warm) };
}

/**
 * @param {import("@compute-pi-rs/lambda-emulator").Result} result
 * @returns {Record<string, number>} milliseconds
 */
function phases({ segments, initDuration = 0, duration }) {
  const reported = Object.fromEntries(
    (segments[0]?.subsegments ?? []).map(({ name, start_time, end_time }) => [name, 1000 * (end_time - start_time)]),
  );
  const { load = 0, queue = NaN, series = 0, division = 0, conversion = 0, response = NaN } = reported;
  const [compute, boundary] = [queue + series + division + conversion, reported.result ?? NaN];
  return {
    "Node.js": initDuration - load,
    load,
    compute,
    boundary,
    response,
    // The rest: the event's way in, the response's way out.
    "runtime client": duration - compute - boundary - response,
  };
}

/**
 * @param {Record<string, number>[]} runs
 * @returns {Span[]} their means, one after the other
 */
function spans(runs) {
  let time = 0;
  return Object.keys(runs[0] ?? {}).flatMap((phase) => {
    const start = time;
    time += runs.reduce((sum, run) => sum + (run[phase] ?? NaN), 0) / runs.length;
    return time > start ? [{ phase, start: round(start), end: round(time) }] : [];
  });
}
