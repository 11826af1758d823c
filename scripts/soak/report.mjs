// @ts-check
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { today } from "@compute-pi-rs/steps";
import { readManifest, root } from "../lib/paths.mjs";

/**
 * @typedef {object} Result
 * @property {string} figures
 * @property {number} seconds that it took
 */

/** @typedef {Result & { version: string, machine: string, date: string }} Recorded */

const results = join(root, "scripts", "soak", "results.json");
const page = join(root, "docs", "reliability.md");
const [head, tail] = ["<!-- written by npm run soak -->", "<!-- end -->"];

/**
 * Keeps a result, or forgets the one of a claim that does not hold any more.
 *
 * @param {string} name
 * @param {Result | undefined} result
 */
export function recordResult(name, result) {
  const recorded = readResults();
  if (result === undefined) delete recorded[name];
  else recorded[name] = { ...result, version: readManifest(root).version, machine: machine(), date: today() };
  writeFileSync(results, `${JSON.stringify(recorded, null, 2)}\n`);
}

/**
 * Writes the table of the page anew.
 *
 * @param {readonly import("./entries.mjs").Entry[]} entries
 */
export async function writeTable(entries) {
  const recorded = readResults();
  const rows = entries.map(({ name, claim }) => {
    const result = recorded[name];
    const figures = result ? `${result.figures} (${result.seconds} s)` : "not shown here";
    return `| ${claim} | ${figures} | \`npm run soak -- ${name}\` |`;
  });
  const machines = [...new Set(entries.flatMap(({ name }) => recorded[name]?.machine ?? []))];
  const dates = entries.flatMap(({ name }) => recorded[name]?.date ?? []).sort();
  const between = [...new Set([dates[0], dates.at(-1)])].join(" to ");
  const table = ["| what is done | what came of it | command |", "| --- | --- | --- |", ...rows].join("\n");
  const text = readFileSync(page, "utf8");
  const [start, end] = [text.indexOf(head) + head.length, text.indexOf(tail)];
  const written = `${text.slice(0, start)}\n\n${table}\n\nMachine: ${machines.join("; ")}. Measured: ${between}.\n\n${text.slice(end)}`;
  writeFileSync(page, await format(written, { ...(await resolveConfig(page)), filepath: page }));
}

/** @returns {Record<string, Recorded>} */
function readResults() {
  return existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : {};
}

function machine() {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const cpu = cpus()[0]?.model.trim() ?? "unknown CPU";
  return `${platform()} ${arch()}, ${availableParallelism()} × ${cpu}, ${gibibytes} GiB, Node.js ${process.version}`;
}
