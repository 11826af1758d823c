// @ts-check
import { largestResponse } from "@compute-pi-rs/lambda-emulator";
import { deploy } from "./functions.mjs";
import { round } from "./statistics.mjs";

/**
 * The most digits that a function with 128 MB answers with: warm within a second, and at all.
 *
 * @param {string} zip
 */
export async function largestAnswers(zip) {
  const deployed = await deploy(zip, { limits: true });
  /** The figures of the largest answer. */
  let record = { digits: 0, seconds: NaN, maxMemory: NaN };
  /** How a question for too much fails. */
  let refusal = "";
  /** @param {number} digits */
  const seconds = async (digits) => {
    const { duration, maxMemory = NaN, error } = await deployed.invoke({ digits });
    if (error) {
      refusal = error.errorType;
      return Infinity;
    }
    if (digits > record.digits) record = { digits, seconds: round(duration / 1000), maxMemory };
    return duration / 1000;
  };
  await seconds(1000);
  // Throttling makes single runs long.
  const withinASecond = await largest(1000, 2_000_000, async (digits) => {
    for (let run = 0; run < 3; run++) if ((await seconds(digits)) <= 1) return true;
    return false;
  });
  const envelope = JSON.stringify({ digits: largestResponse, pi: "" }).length;
  const response = largestResponse - envelope;
  await largest(withinASecond, response, async (digits) => (await seconds(digits)) < Infinity);
  await deployed.remove();
  return { function: zip, withinASecond, largest: record, refusal, response, full: await fullResponse(zip, response) };
}

/**
 * The smallest memory size, in steps of 128 MB, with which a function fills the largest response.
 *
 * @param {string} zip
 * @param {number} digits
 */
async function fullResponse(zip, digits) {
  for (let memory = 128; memory <= 1024; memory += 128) {
    const deployed = await deploy(zip, { limits: true, memory });
    const { error, duration } = await deployed.invoke({ digits });
    await deployed.remove();
    if (error === undefined) return { memory, seconds: round(duration / 1000) };
  }
  throw new Error(`${zip} cannot fill a response`);
}

/**
 * Bisects to one part in fifty.
 *
 * @param {number} low which is known to do
 * @param {number} high the most that is asked for
 * @param {(digits: number) => Promise<boolean>} does
 */
async function largest(low, high, does) {
  if (await does(high)) return high;
  while (high / low > 1.02) {
    const middle = Math.round(Math.sqrt(low * high));
    if (await does(middle)) low = middle;
    else high = middle;
  }
  // Two digits that count.
  const unit = 10 ** Math.floor(Math.log10(low) - 1);
  return Math.floor(low / unit) * unit;
}
