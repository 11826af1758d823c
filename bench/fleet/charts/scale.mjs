// @ts-check
import * as Plot from "@observablehq/plot";
import { drawChart } from "../../chart.mjs";
import { money, power, time } from "./units.mjs";

/** They stand out on white and on black. */
const COLOURS = ["#2f9e8f", "#d9622b", "#2f81f7"];
const TICKS = [1, 10, 60, 600, 3600];
/** The least time that is drawn. */
const FLOOR = 0.5;

/** @typedef {import("../simulation/table.mjs").Cell} Cell */

/**
 * Draws the time against the number of functions into a file that is readable on a light and on a dark page.
 *
 * @param {{ simulation: { cells: Cell[] } }} results as run.mjs writes them
 * @param {string} file
 */
export function draw({ simulation: { cells } }, file) {
  const positions = [...new Set(cells.map(({ position }) => position))];
  const colour = (/** @type {Cell} */ { position }) => COLOURS[positions.indexOf(position)] ?? "currentColor";
  const axes = { x: "functions", y: "seconds" };
  const last = (/** @type {Cell} */ { functions }) => functions === Math.max(...cells.map((cell) => cell.functions));
  /** The lowest line's labels are under it, the others' above. @param {Cell} cell */
  const low = ({ position }) => position === positions[0];
  /** @param {boolean} under @param {boolean} atEnd */
  const labels = (under, atEnd) =>
    Plot.text(cells, {
      ...axes,
      text: (/** @type {Cell} */ cell) => `${time(cell.seconds)}, ${money(cell.usd)}\n${cell.binds}`,
      fill: colour,
      fontSize: 12,
      filter: (/** @type {Cell} */ cell) => low(cell) === under && last(cell) === atEnd,
      textAnchor: atEnd ? "end" : under ? "middle" : "start",
      dx: atEnd ? 4 : under ? 0 : -4,
      lineAnchor: under ? "top" : "bottom",
      dy: under ? 9 : -9,
    });
  /** Of lines that end close together, one name is above the other. @param {number} index */
  const apart = (index) => {
    const [end, next] = [cells.filter(last)[index], cells.filter(last)[1 - index]];
    const close = end && next && Math.abs(Math.log(end.seconds / next.seconds)) < 0.3;
    return close ? (end.seconds < next.seconds ? 8 : -8) : 0;
  };
  const title = "Time of an execution against the number of functions, both on logarithmic scales";
  drawChart(file, title, {
    height: 520,
    marginTop: 34,
    marginRight: 96,
    marginLeft: 64,
    marginBottom: 46,
    x: {
      type: "log",
      label: "functions at a time",
      domain: [7, 14_000],
      ticks: [10, 100, 1000, 10_000],
      tickFormat: (/** @type {number} */ n) => n.toLocaleString("en"),
      grid: true,
    },
    y: {
      type: "log",
      label: "time of the whole execution, its cost, and the limit that binds",
      domain: [FLOOR, 6000],
      axis: null,
    },
    marks: [
      Plot.gridY(TICKS),
      Plot.axisY(TICKS, { text: time }),
      ...positions.map((position) => {
        const [first] = cells.filter((cell) => cell.position === position);
        const work = (first?.ideal ?? 0) * (first?.functions ?? 0);
        const ends = [first?.functions ?? 10, Math.min(10_000, work / FLOOR)];
        const ideal = ends.map((functions) => ({ functions, seconds: work / functions }));
        const stroke = COLOURS[positions.indexOf(position)] ?? "currentColor";
        return Plot.line(ideal, { ...axes, stroke, strokeWidth: 1.5, strokeDasharray: "5 5", strokeOpacity: 0.8 });
      }),
      Plot.line(cells, { ...axes, z: "position", stroke: colour, strokeWidth: 2.5 }),
      Plot.dot(cells, { ...axes, fill: colour, r: 4 }),
      ...[true, false].flatMap((under) => [labels(under, true), labels(under, false)]),
      ...cells.filter(last).map((cell, index) =>
        Plot.text([cell], {
          ...axes,
          text: (/** @type {Cell} */ { position }) => `digits at ${power(position)}`,
          fill: colour,
          fontWeight: 600,
          textAnchor: "start",
          dx: 10,
          dy: apart(index),
        }),
      ),
    ],
  });
}
