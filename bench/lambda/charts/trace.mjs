// @ts-check
import * as Plot from "@observablehq/plot";
import { drawChart } from "./frame.mjs";

/** @type {Record<string, string>} */
const phases = {
  "Node.js": "#8a8a8a",
  load: "#2f9e8f",
  compute: "#2f81f7",
  boundary: "#d9622b",
  response: "#b8860b",
  "runtime client": "#8f6fd6",
};

/**
 * @param {any} results
 * @param {string} file
 */
export function drawTrace({ traces }, file) {
  const spans = traces.flatMap((/** @type {any} */ trace) =>
    ["cold", "warm"].flatMap((kind) =>
      trace[kind].map((/** @type {any} */ span) => ({
        ...span,
        row: `${trace.digits.toLocaleString("en")} digits, ${kind}`,
      })),
    ),
  );
  const end = Math.max(...spans.map((/** @type {any} */ span) => span.end));
  const key = Object.keys(phases).map((phase, index) => ({ phase, x: (end * index) / 6, row: "" }));
  const rows = ["", ...new Set(spans.map((/** @type {any} */ { row }) => row))];
  drawChart(file, "Where cold and warm invocations with 128 MB spend their time", {
    height: 60 + 42 * rows.length,
    marginTop: 6,
    marginLeft: 150,
    marginRight: 30,
    x: { label: "since the start of the environment, or since the event came", tickFormat: milliseconds, grid: true },
    y: { label: null, domain: rows, tickSize: 0 },
    color: { domain: Object.keys(phases), range: Object.values(phases) },
    marks: [
      Plot.dot(key, { x: "x", y: "row", fill: "phase", symbol: "square", r: 6, dx: 8 }),
      Plot.text(key, { x: "x", y: "row", text: "phase", fill: "currentColor", textAnchor: "start", dx: 19 }),
      Plot.barX(spans, { x1: "start", x2: "end", y: "row", fill: "phase", insetTop: 4, insetBottom: 4 }),
    ],
  });
}

/** @param {number} value */
const milliseconds = (value) => `${value} ms`;
