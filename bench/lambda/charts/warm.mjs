// @ts-check
import * as Plot from "@observablehq/plot";
import { median } from "../measure/statistics.mjs";
import { colours, drawChart, time } from "./frame.mjs";

/**
 * @param {any} results
 * @param {string} file
 */
export function drawWarm({ warm, digits }, file) {
  const rows = warm.filter((/** @type {any} */ { emulated }) => !emulated);
  const runs = rows.flatMap((/** @type {any} */ { name, label, durations }) =>
    durations.map((/** @type {number} */ duration) => ({ name, label, duration })),
  );
  const middles = rows.map((/** @type {any} */ { name, label, durations }) => ({
    name,
    label,
    duration: median(durations),
  }));
  const ends = rows.map((/** @type {any} */ { name, label, durations }) => ({
    name,
    label,
    duration: Math.max(...durations),
    middle: median(durations),
  }));
  const fill = (/** @type {{ name: keyof typeof colours }} */ { name }) => colours[name];
  const axes = { x: "duration", y: "label" };
  drawChart(file, `Warm invocations of ${digits} digits with 128 MB`, {
    height: 230,
    marginLeft: 230,
    marginRight: 90,
    x: {
      type: "log",
      grid: true,
      ticks: 5,
      tickFormat: time,
      label: `duration of ${digits} digits with 128 MB`,
      nice: true,
    },
    y: { label: null, domain: rows.map((/** @type {any} */ { label }) => label) },
    marks: [
      Plot.tickX(middles, { ...axes, stroke: fill, strokeWidth: 3 }),
      Plot.dot(runs, { ...axes, fill, r: 5, fillOpacity: 0.6 }),
      Plot.text(ends, {
        ...axes,
        text: (/** @type {any} */ { middle }) => time(middle),
        fill,
        textAnchor: "start",
        dx: 12,
        fontWeight: 600,
      }),
    ],
  });
}
