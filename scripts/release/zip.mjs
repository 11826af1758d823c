// @ts-check
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";

// The oldest time that the format can say, in every time zone: the archive depends on its contents alone.
const epoch = "1980-01-02T00:00:00";
const unix = 3;

/**
 * Packs a folder so that the same contents always give the same bytes.
 *
 * @param {string} directory
 * @param {string} [prefix] the folder inside the archive, such as `nodejs`
 * @returns {Uint8Array}
 */
export function zipFolder(directory, prefix) {
  /** @type {import("fflate").Zippable} */
  const entries = {};
  for (const path of filesIn(directory)) {
    const executable = (statSync(join(directory, path)).mode & 0o100) !== 0;
    const attrs = (executable ? 0o100755 : 0o100644) * 0x10000;
    const name = prefix === undefined ? path : `${prefix}/${path}`;
    entries[name] = [readFileSync(join(directory, path)), { mtime: epoch, os: unix, attrs, level: 9 }];
  }
  return zipSync(entries);
}

/**
 * @param {string} directory
 * @param {string} [below]
 * @returns {string[]} the paths of the files in it, with slashes, sorted
 */
export function filesIn(directory, below = "") {
  return readdirSync(join(directory, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? filesIn(directory, path) : entry.isFile() ? [path] : [];
    })
    .sort();
}
