// @ts-check
import * as Plot from "@observablehq/plot";
import { colours, drawChart } from "./frame.mjs";

/**
 * @param {any} results
 * @param {string} file
 */
export function drawCold({ cold }, file) {
  const rows = cold.map((/** @type {any} */ { name, processor }) => ({ name, ...processor }));
  const fill = (/** @type {{ name: string }} */ { name }) =>
    name.startsWith("compute-pi-rs")
      ? colours.engine
      : name.startsWith("plain Rust")
        ? colours.rust
        : name.startsWith("plain")
          ? colours.plain
          : "#8a8a8a";
  drawChart(file, "Processor time of a cold start", {
    height: 250,
    marginLeft: 190,
    marginRight: 70,
    x: {
      label: "processor time until the first event, unthrottled, least of the runs",
      tickFormat: (/** @type {number} */ value) => `${value} ms`,
      grid: true,
    },
    y: { label: null, domain: rows.map((/** @type {any} */ { name }) => name) },
    marks: [
      Plot.barX(rows, { x: "least", y: "name", fill, fillOpacity: 0.85 }),
      Plot.tickX(rows, { x: "median", y: "name", stroke: "currentColor", strokeWidth: 2 }),
      Plot.text(rows, {
        x: (/** @type {any} */ { least, median }) => Math.max(least, median),
        y: "name",
        text: (/** @type {any} */ { least }) => `${least.toFixed(1)} ms`,
        fill: "currentColor",
        textAnchor: "start",
        dx: 8,
      }),
      Plot.ruleX([0]),
    ],
  });
}
