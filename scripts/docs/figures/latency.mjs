// @ts-check
import { table, time, whole } from "../markdown.mjs";

/**
 * The figures of `node bench/latency/run.mjs`.
 *
 * @param {any} results `bench/latency/results.json`
 * @returns {Record<string, string>}
 */
export function latencyFigures({ machine, node, date, digits, calls, callsBeside, microseconds, millisecondsBeside }) {
  const { call, load, first } = microseconds;
  const rows = Object.entries(millisecondsBeside).map(([load, sizes]) => [
    load.replace("10^7", "10⁷").replace("10^13", "10¹³"),
    ...Object.values(sizes).map((/** @type {any} */ { median, p99 }) => `${median.toFixed(1)}, ${p99.toFixed(1)}`),
  ]);
  const sizes = Object.keys(Object.values(millisecondsBeside)[0] ?? {});
  return {
    "latency-measured": `${machine}, Node.js ${node.slice(1)}, ${date}`,
    "latency-call": `\`generate(${digits})\` settles ${Math.round(call.median)} µs after the call (the median of ${whole(calls)}; the least ${Math.round(call.least)}, 90 % within ${Math.round(call.p90)})`,
    "latency-first": time(first.median / 1e6),
    "latency-load": time(load.median / 1e6),
    "latency-calls-beside": whole(callsBeside),
    "latency-beside": table(
      ["", ...sizes.map((size) => `\`generate(${whole(Number(size)).replaceAll(",", "_")})\``)],
      rows,
    ),
  };
}
