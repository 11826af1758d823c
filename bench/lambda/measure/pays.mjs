// @ts-check
// Whether Rust pays in a function: the same work in plain JavaScript, WebAssembly, native code and plain Rust, by turns, so
// that whatever else the machine does meets all of them.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { today } from "@compute-pi-rs/steps";
import { limits as published, read, region } from "../../fleet/simulation/limits.mjs";
import { deployed, packages } from "./packages.mjs";
import { median, round } from "./statistics.mjs";

/** Megabytes of functions: the smallest, one in between, and the one with a whole CPU. */
const memories = [128, 512, 1769];

/** @typedef {"javascript" | "wasm" | "native" | "rust"} Way */
/** @typedef {keyof Awaited<ReturnType<typeof packages>>} Name */

const series = /** @type {const} */ ({ javascript: "chudnovsky", wasm: "wasm", native: "native", rust: "engine" });

/**
 * Little work, the same slow algorithm everywhere, and much work; and the package that does it each way.
 *
 * @type {{ work: string, event: { digits: number, algorithm?: string }, by: Record<Way, Name> }[]}
 */
const works = [
  { work: "little", event: { digits: 1000 }, by: series },
  {
    work: "spigot",
    event: { digits: 3000, algorithm: "spigot" },
    by: { javascript: "spigot", wasm: "wasm", native: "native", rust: "rust" },
  },
  { work: "much", event: { digits: 100_000 }, by: series },
];

/** Warm calls of a turn, and the milliseconds after which there are no more of them. */
const turn = { calls: 10, milliseconds: 2500 };

/**
 * @param {number} rounds cold starts of each
 * @param {boolean} limits
 */
export async function pays(rounds, limits) {
  const made = await packages();
  const begun = { at: performance.now(), busy: busy(), own: process.cpuUsage() };
  const rows = [];
  let used = 0;
  for (const memory of memories) {
    const { measured, processor } = await withMemory(memory, rounds, limits, made);
    rows.push(...measured);
    used += processor;
  }
  const { user, system } = process.cpuUsage(begun.own);
  const others = busy() - begun.busy - used - (user + system) / 1000;
  return {
    machine: cpus()[0]?.model,
    date: today(),
    limits,
    rounds,
    /** The share of the machine's CPUs that other programs took meanwhile. */
    others: Math.max(0, round(others / ((performance.now() - begun.at) * cpus().length))),
    prices: { date: read, region, gigabyteSecond: published.gigabyteSecondX86, call: published.call },
    bytes: Object.fromEntries(Object.entries(made).map(([name, { bytes }]) => [name, bytes])),
    rows,
  };
}

/**
 * @param {number} memory
 * @param {number} rounds
 * @param {boolean} limits
 * @param {Awaited<ReturnType<typeof packages>>} made
 */
async function withMemory(memory, rounds, limits, made) {
  const functions = /** @type {Record<Name, Awaited<ReturnType<typeof deployed>>>} */ ({});
  for (const [name, each] of Object.entries(made)) {
    functions[/** @type {Name} */ (name)] = await deployed(each, memory, limits);
  }
  const places = works.flatMap(({ work, event, by }) =>
    Object.entries(by).map(([way, name]) => ({
      work,
      event,
      way,
      name,
      samples: /** @type {Sample[]} */ ([]),
    })),
  );
  /** @type {Record<string, string>} */
  const answers = {};
  let processor = 0;
  for (let run = 0; run < rounds; run++) {
    for (const { work, event, way, name, samples } of places) {
      const taken = await takeTurn(functions[name], event);
      for (const { answer } of taken) {
        answers[work] ??= answer;
        if (answer !== answers[work]) throw new Error(`${way} gives other digits than the others`);
      }
      processor += taken.reduce((sum, { processor, init = 0 }) => sum + processor + init, 0);
      samples.push(...taken);
    }
    console.log(`${memory} MB: round ${run + 1} of ${rounds}`);
  }
  for (const each of Object.values(functions)) await each.remove();
  return {
    processor,
    measured: places.map(({ samples, event, ...place }) => ({ ...place, ...event, memory, ...summary(samples) })),
  };
}

/**
 * @typedef {object} Sample a call
 * @property {number} duration in milliseconds
 * @property {number} [start] milliseconds of the start before it, if there was one
 * @property {number} processor milliseconds
 * @property {number} [init] milliseconds of processor time of the start
 * @property {number} memory megabytes at the peak so far
 * @property {string} answer
 */

/**
 * A cold call, and warm ones as long as there is time.
 *
 * @param {Awaited<ReturnType<typeof deployed>>} called
 * @param {{ digits: number, algorithm?: string }} event
 */
async function takeTurn(called, event) {
  const end = performance.now() + turn.milliseconds;
  /** @type {Sample[]} */
  const samples = [];
  while (samples.length < 3 || (samples.length <= turn.calls && performance.now() < end)) {
    const { payload, error, duration, initDuration, processorTime, maxMemory = NaN } = await called.invoke(event);
    if (error) throw new Error(`${error.errorType}: ${error.errorMessage}`);
    samples.push({
      duration,
      ...(initDuration !== undefined && { start: initDuration }),
      processor: processorTime.invoke,
      ...(processorTime.init !== undefined && { init: processorTime.init }),
      memory: maxMemory,
      answer: JSON.stringify(payload),
    });
  }
  await called.shutdown();
  return samples;
}

/** @param {Sample[]} samples */
function summary(samples) {
  const warm = samples.filter(({ start }) => start === undefined);
  const cold = samples.map(({ start, duration }) => (start === undefined ? NaN : start + duration));
  const durations = warm.map(({ duration }) => duration).sort((a, b) => a - b);
  return {
    calls: warm.length,
    /** From the start of an environment to its first answer. */
    cold: round(median(cold.filter((time) => !Number.isNaN(time)))),
    median: round(median(durations)),
    slow: round(durations[Math.ceil(0.99 * durations.length) - 1] ?? NaN),
    /** Lambda charges whole milliseconds. */
    billed: round(durations.reduce((sum, duration) => sum + Math.ceil(duration), 0) / durations.length),
    processor: round(median(warm.map(({ processor }) => processor))),
    peak: Math.max(...samples.map(({ memory }) => memory)),
  };
}

/** The milliseconds that all CPUs of the machine have been busy; nothing where the system does not tell. */
function busy() {
  try {
    const [, user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] =
      readFileSync("/proc/stat", "utf8").split("\n", 1)[0]?.split(/ +/).map(Number) ?? [];
    // Ticks of a hundredth of a second.
    return 10 * (user + nice + system + irq + soft + steal);
  } catch {
    return NaN;
  }
}
