// @ts-check
import { contestants, deploy } from "./functions.mjs";
import { round } from "./statistics.mjs";

/** Seconds that the article's plain Node.js function took on x86-64 with 128 MB. */
const articleSeconds = 5;

/** The share of a CPU that 128 MB buy. */
const share = 128 / 1769;

/** @returns {Promise<number>} the digits for which plain Node.js takes about as long as in the article */
export async function calibrate() {
  const probe = 3000;
  const plain = await deploy("plain", { handler: "plain.handler" });
  const times = [];
  for (let run = 0; run < 4; run++) times.push((await plain.invoke({ digits: probe })).processorTime.invoke);
  await plain.remove();
  const target = 1000 * articleSeconds * share;
  return Math.round((probe * Math.sqrt(target / Math.min(...times))) / 100) * 100;
}

/**
 * The article's table: five warm runs of each contestant. On this machine's architecture with the memory and CPU of
 * 128 MB; emulated, without limits and by processor time alone.
 *
 * @param {number} digits
 * @param {import("./functions.mjs").Architecture} architecture
 * @param {boolean} limits
 */
export async function warmRuns(digits, architecture, limits) {
  const rows = [];
  let expected;
  for (const [name, { zip, label, event, ...settings }] of Object.entries(
    /** @type {Record<string, { zip: string, label: string, event?: object }>} */ (contestants),
  )) {
    const deployed = await deploy(zip, { architecture, limits, ...settings });
    const idle = [];
    const runs = [];
    for (let run = 0; run < 6; run++) {
      idle.push((await deployed.invoke({ digits: 1, ...event })).processorTime.invoke);
      const { payload, duration, processorTime, maxMemory, error } = await deployed.invoke({ digits, ...event });
      if (error) throw new Error(`${name}: ${error.errorMessage}`);
      expected ??= JSON.stringify(payload);
      if (JSON.stringify(payload) !== expected) throw new Error(`${name} gives other digits than the others`);
      runs.push({ duration: round(duration), processor: round(processorTime.invoke), maxMemory });
    }
    rows.push({
      name,
      label,
      architecture,
      emulated: deployed.emulated,
      // The first run is the cold one.
      durations: runs.slice(1).map(({ duration }) => duration),
      processor: runs.slice(1).map(({ processor }) => processor),
      idle: round(Math.min(...idle.slice(1))),
      maxMemory: deployed.emulated ? undefined : Math.max(...runs.map(({ maxMemory = 0 }) => maxMemory)),
    });
    await deployed.remove();
  }
  return rows;
}
