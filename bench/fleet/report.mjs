// @ts-check
import { money, power, time } from "./charts/units.mjs";

/**
 * The tables of docs/scale.md.
 *
 * @param {any} results as run.mjs writes them
 */
export function report({ terms, whole, jobs, workers, decimals, largest, simulation }) {
  const levels = [...new Set(terms.map((/** @type {any} */ { simd }) => simd))].filter((simd) => simd !== "portable");
  const { cells, paused, starts, addon } = simulation;
  const sections = [
    table(
      ["position", ...levels.map((simd) => `${simd}, ns a term`), ...levels.map((simd) => `${simd}, whole sum`)],
      [...new Set(terms.map((/** @type {any} */ { position }) => position))].map((position) => {
        const rows = levels.map((simd) =>
          terms.find((/** @type {any} */ t) => t.position === position && t.simd === simd),
        );
        return [
          power(position),
          ...rows.map((row) => row.nanoseconds.toFixed(1)),
          ...rows.map((row) => time(row.seconds)),
        ];
      }),
    ),
    `whole sums: ${whole.map((/** @type {any} */ row) => `${power(row.position)} ${row.digits} ${row.processor} s`).join(", ")}; addon / engine ${addon.toFixed(2)}`,
    `${power(jobs.position)} ${jobs.digits}: ${jobs.wholeProcessorSeconds} s, planned in ${jobs.planSeconds} s; times of jobs by their mean ${JSON.stringify(jobs.processorQuantiles)}, on the clock ${JSON.stringify(jobs.clockQuantiles)}`,
    table(
      ["workers", "jobs a second", "million terms a second", "CPUs used", "efficiency"],
      workers.rows.map((/** @type {any} */ row) => [
        row.workers,
        row.jobsPerSecond,
        (row.termsPerSecond / 1e6).toFixed(1),
        row.processors,
        `${Math.round(100 * row.efficiency)} %`,
      ]),
    ),
    table(["position", "functions", "jobs", "used", "time", "ideal", "USD", "limit that binds"], cells.map(cellRow)),
    `Jobs as short as for 1,000:\n${table(["position", "functions", "jobs", "used", "time", "ideal", "USD", "binds"], [...paused, starts].map(cellRow))}`,
    table(
      ["digits", "threads", "seconds", "processor"],
      [...decimals.rows, ...(largest?.rows ?? [])].map((/** @type {any} */ row) => [
        row.digits.toLocaleString("en"),
        row.threads,
        row.seconds,
        row.processor,
      ]),
    ),
    `${decimals.largestDigits.toLocaleString("en")} digits fit the largest function`,
  ];
  return sections.join("\n\n");
}

/** @param {import("./simulation/table.mjs").Cell} cell */
function cellRow({ position, functions, items, jobSeconds, environments, seconds, ideal, usd, binds }) {
  const jobs = `${items.toLocaleString("en")} of ${jobSeconds} s`;
  const used = environments.toLocaleString("en");
  return [power(position), functions.toLocaleString("en"), jobs, used, time(seconds), time(ideal), money(usd), binds];
}

/** @param {string[]} head @param {unknown[][]} rows */
function table(head, rows) {
  const line = (/** @type {unknown[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
