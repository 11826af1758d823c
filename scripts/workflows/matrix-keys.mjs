// @ts-check
import { parse } from "yaml";

/**
 * Finds `matrix.…` expressions that name a key that the job's matrix does not have: GitHub takes them as empty strings,
 * and actionlint cannot see into a matrix that comes from another job.
 *
 * @param {string} workflow YAML
 * @param {Record<string, { include: readonly object[] }>} generated the matrices that a job computes, by output name
 * @returns {string[]} what is wrong
 */
export function unknownMatrixKeys(workflow, generated) {
  /** @type {{ jobs?: Record<string, { strategy?: { matrix?: unknown } }> }} */
  const { jobs = {} } = parse(workflow);
  return Object.entries(jobs).flatMap(([name, job]) => {
    const used = new Set(
      expressions(job).flatMap((text) => Array.from(text.matchAll(matrixKey), ([, key]) => String(key))),
    );
    const matrix = job.strategy?.matrix;
    const known = matrix === undefined ? new Set() : matrixKeys(matrix, generated);
    if (known === undefined) return [`job ${name}: its matrix is not one of ${Object.keys(generated).join(", ")}`];
    return [...used].filter((key) => !known.has(key)).map((key) => `job ${name}: no matrix.${key}`);
  });
}

const matrixKey = /(?<![\w.-])matrix\.([\w-]+)/g;

/**
 * @param {unknown} node of a workflow
 * @param {string} [key] under which it stands
 * @returns {string[]} the expressions in it: what stands in `${{ … }}`, and every `if`
 */
function expressions(node, key) {
  if (typeof node === "string") {
    return key === "if" ? [node] : Array.from(node.matchAll(/\$\{\{(.*?)\}\}/gs), ([, text]) => String(text));
  }
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => expressions(value, name));
}

/**
 * @param {unknown} matrix
 * @param {Record<string, { include: readonly object[] }>} generated
 * @returns {Set<string> | undefined} the keys that every row has
 */
function matrixKeys(matrix, generated) {
  if (typeof matrix === "string") {
    const output = /\bfromJSON\(needs\.[\w-]+\.outputs\.([\w-]+)\)/i.exec(matrix)?.[1] ?? "";
    const rows = generated[output]?.include;
    return rows === undefined ? undefined : new Set(sharedKeys(rows));
  }
  const { include = [], exclude: _, ...axes } = /** @type {Record<string, object[]>} */ (matrix);
  return new Set([...Object.keys(axes), ...sharedKeys(include)]);
}

/** @param {readonly object[]} rows */
function sharedKeys(rows) {
  return Object.keys(rows[0] ?? {}).filter((key) => rows.every((row) => key in row));
}
