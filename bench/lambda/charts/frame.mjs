// @ts-check
import { drawChart as draw } from "../../chart.mjs";

/** They stand out on white and on black. */
export const colours = { plain: "#b8860b", rust: "#d9622b", spigot: "#2f9e8f", engine: "#2f81f7" };

/** @type {typeof draw} as all charts here are framed */
export const drawChart = (file, title, options) => draw(file, title, { marginTop: 30, marginBottom: 44, ...options });

/** @param {number} value in milliseconds */
export function time(value) {
  if (value >= 1000) return `${Number((value / 1000).toFixed(1))} s`;
  return `${Number(value.toPrecision(2))} ms`;
}
