// @ts-check
import { join } from "node:path";
import { drawCold } from "./cold.mjs";
import { drawPays } from "./pays.mjs";
import { drawSizes } from "./sizes.mjs";
import { drawTrace } from "./trace.mjs";
import { drawWarm } from "./warm.mjs";

/**
 * @param {any} results as run.mjs writes them
 * @param {any} paid the part that it writes by itself
 * @param {string} directory
 */
export function draw(results, paid, directory) {
  drawPays(paid, join(directory, "lambda-pays.svg"));
  drawWarm(results, join(directory, "lambda-warm.svg"));
  drawSizes(results, join(directory, "lambda-sizes.svg"));
  drawCold(results, join(directory, "lambda-cold.svg"));
  drawTrace(results, join(directory, "lambda-trace.svg"));
}
