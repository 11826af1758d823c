// @ts-check
import * as Plot from "@observablehq/plot";
import { millionCalls, money, ways } from "../prices.mjs";
import { colours, drawChart, time } from "./frame.mjs";

/** @type {Record<string, string>} */
const fills = { javascript: colours.plain, wasm: colours.spigot, native: colours.engine, rust: colours.rust };

/**
 * @param {any} paid
 * @param {string} file
 */
export function drawPays({ rows, prices }, file) {
  const points = rows.map((/** @type {any} */ row) => ({
    ...row,
    label: ways[/** @type {import("../prices.mjs").Way} */ (row.way)],
    work: title(row),
    dollars: millionCalls(row, prices),
  }));
  const works = [...new Set(points.map((/** @type {any} */ { work }) => work))].map((work) => ({ work }));
  const fill = (/** @type {{ way: string }} */ { way }) => fills[way];
  const place = { fy: "work", y: "label", x: "median" };
  drawChart(file, "Duration and price of warm calls with 128, 512 and 1,769 MB, by what computes", {
    height: 500,
    marginLeft: 132,
    marginRight: 130,
    marginTop: 42,
    x: {
      type: "log",
      label:
        "median duration of a warm call, above each mark the memory in MB; to the right, what a million calls cost",
      labelAnchor: "center",
      labelArrow: "none",
      tickFormat: time,
      ticks: 6,
      grid: true,
      nice: true,
    },
    y: { label: null, domain: Object.values(ways) },
    fy: { label: null, axis: null, domain: works.map(({ work }) => work) },
    marks: [
      Plot.text(works, {
        ...{ fy: "work", text: "work", frameAnchor: "top-left", textAnchor: "start", fontWeight: 600 },
        ...{ dx: -124, dy: -14, fill: "currentColor" },
      }),
      Plot.line(points, { ...place, z: "label", stroke: fill, strokeWidth: 2, strokeOpacity: 0.5 }),
      Plot.dot(points, { ...place, fill, r: 4.5 }),
      Plot.text(points, {
        ...place,
        text: (/** @type {any} */ { memory }) => memory.toLocaleString("en"),
        ...{ fill: "currentColor", fontSize: 10, textAnchor: "middle", dy: -9 },
      }),
      Plot.text(priced(points), {
        ...{ fy: "work", y: "label", text: "price", frameAnchor: "right", textAnchor: "start" },
        ...{ fill, fontWeight: 600, dx: 14 },
      }),
    ],
  });
}

/** The price of a million calls each way, from the cheapest memory to the dearest. @param {any[]} points */
function priced(points) {
  const first = points.filter(({ memory }) => memory === points[0].memory);
  return first.map((point) => {
    const dollars = points
      .filter(({ work, way }) => work === point.work && way === point.way)
      .map((/** @type {any} */ each) => each.dollars);
    const [least, most] = [money(Math.min(...dollars)), money(Math.max(...dollars))];
    return { ...point, price: least === most ? least : `${least} to ${most}` };
  });
}

/** @param {{ work: string, digits: number }} row */
function title({ work, digits }) {
  return `${digits.toLocaleString("en")} digits ${work === "spigot" ? "by the spigot" : "by Chudnovsky's series"}`;
}
