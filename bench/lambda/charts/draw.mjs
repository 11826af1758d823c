// @ts-check
import { join } from "node:path";
import { drawCold } from "./cold.mjs";
import { drawSizes } from "./sizes.mjs";
import { drawTrace } from "./trace.mjs";
import { drawWarm } from "./warm.mjs";

/**
 * @param {any} results as run.mjs writes them
 * @param {string} directory
 */
export function draw(results, directory) {
  drawWarm(results, join(directory, "lambda-warm.svg"));
  drawSizes(results, join(directory, "lambda-sizes.svg"));
  drawCold(results, join(directory, "lambda-cold.svg"));
  drawTrace(results, join(directory, "lambda-trace.svg"));
}
