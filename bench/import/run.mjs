// @ts-check
/**
 * What importing the package adds to an empty script, in milliseconds of processor time and of wall-clock time: the
 * least and the median of runs that alternate.
 *
 * usage: npm run bench:import [-- RUNS], after `npm run build`
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const runs = Number(process.argv[2] ?? 40);
const scripts = ["empty.cjs", "package.cjs", "empty.mjs", "package.mjs"];

/** @param {string} script */
function time(script) {
  const env = { ...process.env, COMPUTE_PI_RS_BINARY: fileURLToPath(new URL("../../index.node", import.meta.url)) };
  const { stdout } = spawnSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], { env });
  return stdout.toString().trim().split(" ").map(Number);
}

/** @type {Record<string, number[][]>} */
const times = Object.fromEntries(scripts.map((name) => [name, []]));
for (let run = 0; run < runs; run++) {
  for (const script of scripts) times[script].push(time(script));
}

/** @param {string} name @param {number} column @param {number} quantile */
function statistic(name, column, quantile) {
  const sorted = times[name].map((row) => row[column]).sort((a, b) => a - b);
  return sorted[Math.floor(quantile * (sorted.length - 1))];
}

for (const [name, base] of [
  ["package.cjs", "empty.cjs"],
  ["package.mjs", "empty.mjs"],
]) {
  const added = [0, 1].flatMap((column) =>
    [0, 0.5].map((quantile) => (statistic(name, column, quantile) - statistic(base, column, quantile)).toFixed(1)),
  );
  const [cpuLeast, cpuMedian, wallLeast, wallMedian] = added;
  console.log(`${name}: processor ${cpuLeast} (median ${cpuMedian}), wall clock ${wallLeast} (median ${wallMedian})`);
}
