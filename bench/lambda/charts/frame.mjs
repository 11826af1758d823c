// @ts-check
import { writeFileSync } from "node:fs";
import * as Plot from "@observablehq/plot";
import { JSDOM } from "jsdom";

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
    style: { background: "none", color: "currentColor", fontSize: "13px" },
    ...options,
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", title);
  const style = svg.ownerDocument.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = ":root { color: #1f2328 } @media (prefers-color-scheme: dark) { :root { color: #e6edf3 } }";
  svg.prepend(style);
  writeFileSync(file, `${svg.outerHTML}\n`);
}

/** @param {number} value in milliseconds */
export function time(value) {
  if (value >= 1000) return `${Number((value / 1000).toFixed(1))} s`;
  return `${Number(value.toPrecision(2))} ms`;
}
