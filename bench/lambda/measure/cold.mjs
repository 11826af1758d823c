// @ts-check
import { deploy, deployOwn } from "./functions.mjs";
import { median, round } from "./statistics.mjs";

/**
 * The cost of starting an environment, unthrottled as Lambda's initialization is: functions in turn, many times.
 *
 * @param {number} rounds
 */
export async function coldStarts(rounds) {
  const functions = {
    "empty, CommonJS": await deployOwn("empty.js"),
    "compute-pi-rs, CommonJS": await deploy("commonjs"),
    "empty, ES module": await deployOwn("empty.mjs"),
    "compute-pi-rs, ES module": await deploy("esm"),
    "plain JavaScript spigot": await deploy("plain", { handler: "plain.handler" }),
    "plain Rust": await deploy("rust", { runtime: "provided.al2023" }),
  };
  /** @type {Record<string, { processor: number[], duration: number[], memory: number[] }>} */
  const samples = Object.fromEntries(
    Object.keys(functions).map((name) => [name, { processor: [], duration: [], memory: [] }]),
  );
  for (let run = 0; run < rounds; run++) {
    for (const [name, deployed] of Object.entries(functions)) {
      const { processorTime, initDuration, maxMemory } = await deployed.invoke({ digits: 10 });
      samples[name]?.processor.push(processorTime.init ?? NaN);
      samples[name]?.duration.push(initDuration ?? NaN);
      samples[name]?.memory.push(maxMemory ?? NaN);
      await deployed.shutdown();
    }
  }
  for (const deployed of Object.values(functions)) await deployed.remove();
  return Object.entries(samples).map(([name, { processor, duration, memory }]) => ({
    name,
    processor: { least: round(Math.min(...processor)), median: round(median(processor)) },
    duration: { least: round(Math.min(...duration)), median: round(median(duration)) },
    maxMemory: median(memory),
  }));
}
