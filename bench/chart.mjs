// @ts-check
import { writeFileSync } from "node:fs";

/**
 * Writes a chart into a file that is readable on a light and on a dark page.
 *
 * @param {Element} svg
 * @param {string} title for those who cannot see it
 * @param {string} file
 */
export function writeChart(svg, title, file) {
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
