// @ts-check
import { writeFileSync } from "node:fs";
import * as Plot from "@observablehq/plot";
import { JSDOM } from "jsdom";

/**
 * Draws a chart into a file that is readable on a light and on a dark page.
 *
 * @param {string} file
 * @param {string} title for those who cannot see it
 * @param {import("@observablehq/plot").PlotOptions} options
 */
export function drawChart(file, title, options) {
  const svg = Plot.plot({
    document: new JSDOM("").window.document,
    width: 860,
    className: "chart",
    style: { background: "none", fontSize: "13px" },
    ...options,
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", title);
  const style = svg.ownerDocument.createElementNS("http://www.w3.org/2000/svg", "style");
  // The scheme itself makes the page of a chart that is opened alone dark, too.
  style.textContent =
    ":root { color-scheme: light dark; color: #1f2328 } @media (prefers-color-scheme: dark) { :root { color: #e6edf3 } }";
  svg.prepend(style);
  writeFileSync(file, `${svg.outerHTML}\n`);
}
