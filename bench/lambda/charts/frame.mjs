// @ts-check
import * as Plot from "@observablehq/plot";
import { JSDOM } from "jsdom";
import { writeChart } from "../../chart.mjs";

/** They stand out on white and on black. */
export const colours = { plain: "#b8860b", rust: "#d9622b", spigot: "#2f9e8f", engine: "#2f81f7" };

/**
 * Draws into a file that is readable on a light and on a dark page.
 *
 * @param {string} file
 * @param {string} title for those who cannot see it
 * @param {import("@observablehq/plot").PlotOptions} options
 */
export function drawChart(file, title, options) {
  const svg = Plot.plot({
    document: new JSDOM("").window.document,
    width: 860,
    marginTop: 30,
    marginBottom: 44,
    className: "chart",
    style: { background: "none", fontSize: "13px" },
    ...options,
  });
  writeChart(svg, title, file);
}

/** @param {number} value in milliseconds */
export function time(value) {
  if (value >= 1000) return `${Number((value / 1000).toFixed(1))} s`;
  return `${Number(value.toPrecision(2))} ms`;
}
