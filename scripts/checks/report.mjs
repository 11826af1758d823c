// @ts-check
import { stripVTControlCharacters } from "node:util";
import { add, describe, nothing } from "./counts.mjs";

/** @typedef {import("./run-check.mjs").Outcome & { name: string }} Row */

/**
 * The report at the end of a run: what failed, what each check took, slowest first, what was skipped, and the closing
 * line `N passed, N failed, N skipped`.
 *
 * @param {readonly Row[]} rows
 * @param {number} seconds that all took together
 * @returns {string}
 */
export function closingReport(rows, seconds) {
  const total = rows.map(({ counts }) => counts).reduce(add, nothing());
  const sections = [failures(rows), table(rows, seconds), skipped(rows), describe(total)];
  return sections.filter((section) => section !== "").join("\n\n");
}

/** @param {readonly Row[]} rows */
function failures(rows) {
  return rows
    .filter(({ counts }) => counts.failed > 0)
    .map(({ name, output }) => `── ${name} failed:\n${tellingLines(output)}`)
    .join("\n\n");
}

/**
 * Of what a failed check printed, the lines that name a failure, each with the few after it; else the last lines.
 *
 * @param {string} output
 */
function tellingLines(output) {
  const lines = stripVTControlCharacters(output).trimEnd().split("\n");
  const telling = new Set(
    lines.flatMap((line, index) =>
      /panicked at|\bFAILED\b|^not ok|^ *[×✗]|^ *(error|Error|\w+Error)\b/.test(line)
        ? [0, 1, 2, 3].map((after) => index + after)
        : [],
    ),
  );
  const told = telling.size > 0 ? lines.filter((_, index) => telling.has(index)) : lines.slice(-40);
  return told.slice(0, 80).join("\n");
}

/**
 * @param {readonly Row[]} rows
 * @param {number} seconds
 */
function table(rows, seconds) {
  const width = Math.max(...rows.map(({ name }) => name.length), "in all".length);
  const lines = [...rows]
    .sort((a, b) => b.seconds - a.seconds)
    .map(({ name, seconds, processor, counts }) => line(name, seconds, processor, describe(counts)));
  const processor = rows.reduce((sum, row) => sum + (row.processor ?? 0), 0);
  const heading = `${"".padEnd(width)}     time  processors`;
  return [heading, ...lines, line("in all", seconds, processor, "")].join("\n");

  /** @param {string} name @param {number} seconds @param {number | undefined} processor @param {string} told */
  function line(name, seconds, processor, told) {
    const processors = processor === undefined ? "" : `${processor.toFixed(1)} s`;
    return `${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${processors.padStart(10)}  ${told}`.trimEnd();
  }
}

/** @param {readonly Row[]} rows */
function skipped(rows) {
  const lines = rows.flatMap(({ name, counts: { skipped, reasons } }) => {
    const untold = skipped - reasons.length;
    return [...reasons, ...(untold > 0 ? [`${untold} more`] : [])].map((reason) => `skipped in ${name}: ${reason}`);
  });
  return lines.join("\n");
}
