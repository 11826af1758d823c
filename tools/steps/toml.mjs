// @ts-check
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";

/**
 * @param {string} path
 * @returns {any} what the file says, as `JSON.parse` gives it
 */
export function readToml(path) {
  return parse(readFileSync(path, "utf8"));
}
