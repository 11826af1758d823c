// @ts-check
/**
 * A table of Markdown, for a place between two comments: Prettier lines its columns up.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows whose columns but the first stand to the right
 */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return `\n\n${[head, rule, ...rows].map(line).join("\n")}\n\n`;
}

/** A table without what Prettier adds to line its columns up. @param {string} text */
export function plain(text) {
  return text.replaceAll(/ {2,}/g, " ").replaceAll(/-{3,}/g, "---");
}

/** @param {number} value */
export function rounded(value, figures = 2) {
  return Number(value.toPrecision(figures)).toLocaleString("en-US");
}

/** @param {number} value */
export const whole = (value) => value.toLocaleString("en-US");

/** Milliseconds below a second, with up to three figures. @param {number} seconds */
export function time(seconds) {
  if (seconds >= 0.9995) return `${seconds.toPrecision(seconds < 10 ? 2 : 3)} s`;
  return `${(1000 * seconds).toPrecision(seconds < 0.001 ? 2 : 3)} ms`;
}

/** @param {readonly number[]} values */
export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
