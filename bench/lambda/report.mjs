// @ts-check
import { median } from "./measure/statistics.mjs";

/** @param {any} results as run.mjs writes them */
export function report({ machine, limits, digits, warm, calls, cold, traces, largest }) {
  const sections = [
    `${machine}; ${limits ? "128 MB: 7.2 % of a CPU" : "no limits on this machine"}; ${digits} digits, five warm runs`,
    table(
      ["", "architecture", "ms", "processor ms", "less idle", "peak MB"],
      warm.map((/** @type {any} */ { label, architecture, emulated, durations, processor, idle, maxMemory }) => [
        label,
        emulated ? `${architecture}, emulated` : architecture,
        emulated ? "–" : durations.map((/** @type {number} */ each) => each.toFixed(0)).join(" "),
        median(processor).toFixed(1),
        (median(processor) - idle).toFixed(1),
        maxMemory ?? "–",
      ]),
    ),
    "Processor time of single calls and of whole warm invocations of app.js in ms; the boundary's share of the call, of the invocation, and of the spigot's call",
    table(
      ["digits", "plain", "spigot", "engine", "plain / engine", "invocation", "boundary", "of it", "spigot's"],
      calls.map((/** @type {any} */ row) => [
        row.digits,
        milliseconds(row.plain),
        milliseconds(row.spigot),
        milliseconds(row.engine),
        row.plain ? (row.plain / row.engine).toFixed(1) : "–",
        milliseconds(row.invocation),
        percent(1 - row.engineBytes / row.engine),
        percent((row.engine - row.engineBytes) / row.invocation),
        row.spigot ? percent(1 - row.spigotBytes / row.spigot) : "–",
      ]),
    ),
    "Initialization, unthrottled, in ms",
    table(
      ["", "processor", "median", "duration", "median", "peak MB"],
      cold.map((/** @type {any} */ { name, processor, duration, maxMemory }) => [
        name,
        processor.least.toFixed(1),
        processor.median.toFixed(1),
        duration.least.toFixed(1),
        duration.median.toFixed(1),
        maxMemory,
      ]),
    ),
    ...traces.flatMap((/** @type {any} */ each) =>
      ["cold", "warm"].map(
        (kind) =>
          `${each.digits} digits, ${kind}: ${each[kind].map((/** @type {any} */ span) => `${span.phase} ${(span.end - span.start).toFixed(1)}`).join(", ")} ms`,
      ),
    ),
    ...largest.map(
      (/** @type {any} */ row) =>
        `${row.function}: ${row.withinASecond} digits within 1 s; at most ${row.largest.digits} in 128 MB (${row.largest.seconds} s, ${row.largest.maxMemory} MB, then ${row.refusal}); a response of 6 MB holds ${row.response}, in ${row.full.memory} MB: ${row.full.seconds} s`,
    ),
  ];
  return sections.join("\n\n");
}

/** @param {any} paid as run.mjs writes it */
export function reportPays({ machine, others, rows }) {
  return [
    `${machine}; other programs took ${percent(others)} of the CPUs`,
    table(
      ["work", "way", "MB", "cold", "median", "99 %", "processor", "peak MB", "calls"],
      rows.map((/** @type {any} */ { work, way, memory, cold, median, slow, processor, peak, calls }) => [
        ...[work, way, memory],
        ...[cold, median, slow, processor].map(milliseconds),
        ...[peak, calls],
      ]),
    ),
  ].join("\n\n");
}

/** @param {string[]} head @param {unknown[][]} rows */
function table(head, rows) {
  const lines = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

/** @param {number | undefined} value */
function milliseconds(value) {
  return value === undefined ? "–" : value.toPrecision(3);
}

/** @param {number} share */
function percent(share) {
  return `${(100 * Math.max(0, share)).toFixed(1)} %`;
}
