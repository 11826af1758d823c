// @ts-check
// Which legs a workflow has, and which of them a Linux machine cannot run: they are listed, not forgotten.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseDocument } from "yaml";
import { matrices } from "../../workflows/matrix.mjs";

/** The runners that this machine takes the place of. */
export const runners = ["ubuntu-24.04", "ubuntu-24.04-arm"];

/**
 * @param {string} repository
 * @param {string} workflow its file
 * @param {Record<string, readonly string[]>} chosen the rows that run, by one of their keys
 * @returns {string[]} the legs that do not run, called workflows included
 */
export function otherLegs(repository, workflow, chosen) {
  /** @type {{ jobs: Record<string, { uses?: string, strategy?: { matrix: string | Record<string, unknown[]> } }> }} */
  const { jobs } = parse(readFileSync(join(repository, ".github", "workflows", workflow), "utf8"));
  return Object.entries(jobs).flatMap(([id, job]) => {
    if (job.uses !== undefined) return otherLegs(repository, job.uses.replace(/.*\//, ""), chosen);
    return rows(job.strategy?.matrix)
      .filter((row) => !runs(row, chosen))
      .map((row) => `${id} (${Object.values(row).join(", ")})`);
  });
}

/**
 * @param {string} file a workflow
 * @param {readonly string[]} jobs that it has, and that no other needs
 * @returns {string} its text without them, all other lines as they stand
 */
export function withoutJobs(file, jobs) {
  const workflow = parseDocument(readFileSync(file, "utf8"));
  for (const job of jobs) {
    if (!workflow.deleteIn(["jobs", job])) throw new Error(`${file} has no job ${job}`);
  }
  return workflow.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/**
 * @param {Record<string, string>} row
 * @param {Record<string, readonly string[]>} chosen the rows that run, by one of their keys
 */
function runs(row, chosen) {
  return Object.entries(chosen).every(([key, values]) => row[key] === undefined || values.includes(row[key]));
}

/**
 * @param {string | Record<string, unknown[]> | undefined} matrix
 * @returns {Record<string, string>[]}
 */
function rows(matrix) {
  if (matrix === undefined) return [];
  if (typeof matrix === "string") {
    const output = /outputs\.(\w+)/.exec(matrix)?.[1] ?? "";
    return new Map(Object.entries(matrices())).get(output)?.include ?? [];
  }
  const { include = [], ...axes } = matrix;
  return Object.entries(axes).reduce(
    (/** @type {Record<string, string>[]} */ all, [name, values]) =>
      all.flatMap((row) => values.map((value) => ({ ...row, [name]: String(value) }))),
    Object.keys(axes).length > 0 ? [{}] : /** @type {Record<string, string>[]} */ (include),
  );
}
