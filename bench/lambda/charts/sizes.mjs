// @ts-check
import * as Plot from "@observablehq/plot";
import { colours, drawChart, time } from "./frame.mjs";

const labels = { plain: "plain JavaScript, spigot", spigot: "Rust, spigot", engine: "Rust, default engine" };

/**
 * @param {any} results
 * @param {string} file
 */
export function drawSizes({ calls }, file) {
  const names = /** @type {(keyof typeof labels)[]} */ (Object.keys(labels));
  const points = calls.flatMap((/** @type {any} */ row) =>
    names.filter((name) => row[name] !== undefined).map((name) => ({ name, digits: row.digits, ms: row[name] })),
  );
  const last = names.map((name) => points.filter((/** @type {any} */ point) => point.name === name).at(-1));
  const colour = (/** @type {{ name: keyof typeof labels }} */ { name }) => colours[name];
  const axes = { x: "digits", y: "ms" };
  drawChart(file, "Processor time of a call against the number of digits, both on logarithmic scales", {
    height: 440,
    marginLeft: 76,
    marginRight: 40,
    x: {
      type: "log",
      label: "digits",
      tickFormat: (/** @type {number} */ n) => n.toLocaleString("en"),
      ticks: 7,
      grid: true,
    },
    y: { type: "log", label: "processor time of a call", tickFormat: time, ticks: 7, grid: true },
    marks: [
      Plot.line(points, { ...axes, z: "name", stroke: colour, strokeWidth: 2.5 }),
      Plot.dot(points, { ...axes, fill: colour, r: 3.5 }),
      Plot.text(last, {
        ...axes,
        text: (/** @type {{ name: keyof typeof labels }} */ { name }) => labels[name],
        fill: colour,
        fontWeight: 600,
        textAnchor: "end",
        dx: -14,
        dy: -4,
      }),
    ],
  });
}
