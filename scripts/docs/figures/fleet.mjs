// @ts-check
import { money, power, time } from "../../../bench/fleet/charts/units.mjs";
import { table, whole } from "../markdown.mjs";

/**
 * The figures of `node bench/fleet/run.mjs`.
 *
 * @param {any} results `bench/fleet/results.json`
 * @returns {Record<string, string>}
 */
export function fleetFigures({ machine, date, terms, whole: sums, jobs, workers, largest, simulation }) {
  /** @param {number} position @param {string} simd */
  const term = (position, simd) =>
    terms.find((/** @type {any} */ row) => row.position === position && row.simd === simd);
  const positions = [...new Set(terms.map((/** @type {any} */ { position }) => position))];
  const packaged = [...sums, { position: jobs.position, digits: jobs.digits, processor: jobs.wholeProcessorSeconds }];
  const { seconds, processor } = largest.rows[0];
  // Amdahl's law: the share that runs on one CPU alone.
  const serial = (2 * seconds) / processor - 1;
  const six = { least: processor / 6, amdahl: processor * (serial + (1 - serial) / 6) };
  // By the model of costs, AVX-512 takes as much of AVX2's time.
  const avx512 = 0.8;
  const slower = packaged.map((row) => row.processor / term(row.position, "avx512").seconds);
  return {
    "fleet-measured": `${machine}, ${date}`,
    "largest-time": `${seconds.toFixed(0)} s`,
    "largest-processor": `${processor.toFixed(0)} s`,
    "largest-share": (seconds / processor).toFixed(2),
    "largest-serial": `${Math.round(100 * serial)} %`,
    "largest-six": `${six.amdahl.toFixed(0)} s`,
    "largest-six-least": `${six.least.toFixed(0)} s`,
    "largest-lambda": `${(six.least / avx512).toFixed(0)} to ${(six.amdahl / avx512).toFixed(0)} s`,
    "fleet-package": `${Math.min(...slower).toFixed(1)} to ${Math.max(...slower).toFixed(1)} times`,
    "fleet-two-workers": `${(workers.rows[1].jobsPerSecond / workers.rows[0].jobsPerSecond).toFixed(1)} times`,
    "fleet-terms": table(
      ["position", "AVX2, ns a term", "AVX-512, ns a term", "AVX2, whole sum", "AVX-512, whole sum"],
      positions.map((position) => {
        const [avx2, avx512] = [term(position, "avx2"), term(position, "avx512")];
        return [
          power(position),
          ...[avx2, avx512].map(({ nanoseconds }) => nanoseconds.toFixed(1)),
          ...[avx2, avx512].map(({ seconds }) => time(seconds)),
        ];
      }),
    ),
    "fleet-sums": table(
      ["position", "digits from it on", "package, AVX-512", "from the samples"],
      packaged.map(({ position, digits, processor }) => [
        power(position),
        digits.slice(0, 16),
        time(processor),
        time(term(position, "avx512").seconds),
      ]),
    ),
    "fleet-workers": table(
      ["workers", "jobs a second", "million terms a second", "CPUs used", "of the ideal"],
      workers.rows.map((/** @type {any} */ row) => [
        String(row.workers),
        String(row.jobsPerSecond),
        (row.termsPerSecond / 1e6).toFixed(1),
        row.processors.toFixed(2),
        `${Math.round(100 * row.efficiency)} %`,
      ]),
    ),
    "fleet-functions": table(
      [
        "position",
        "functions",
        "jobs, with those done twice",
        "functions used",
        "time",
        "divided work",
        "cost",
        "limit that binds",
      ],
      simulation.cells.map((/** @type {any} */ cell) => [
        power(cell.position),
        whole(cell.functions),
        `${whole(cell.items)} of ${cell.jobSeconds} s`,
        whole(cell.environments),
        time(cell.seconds),
        time(cell.ideal),
        money(cell.usd),
        cell.binds,
      ]),
    ),
  };
}
