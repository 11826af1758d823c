// @ts-check
import { readFileSync } from "node:fs";

/**
 * @typedef {object} Check one thing that can pass or fail, as checks.json lists it
 * @property {string} name
 * @property {[string, ...string[]]} run the command, whose program may be one of `node_modules/.bin`
 * @property {keyof typeof import("./counts.mjs").counters | "vitest"} [count] how its tests are counted; without it the check
 *   counts as one
 * @property {"computes" | "waits" | "idles"} lane whether it is short of processors, mostly waits, for time, networks or one thread,
 *   or does hardly anything else
 * @property {string[]} [needs] the names of the checks that have to pass before
 * @property {string[]} [packages] the Debian packages that it needs
 * @property {string[]} [foreignPackages] those that it needs on x86-64, for what is built for arm64
 * @property {"nightly" | "miri"} [toolchain] of Rust, beside the one that everything is built with
 * @property {"once" | "processor" | "node"} [legs] whether its result depends on nothing of the machine (the default), on the
 *   processor, or on the version of Node.js, too: on what GitHub runs it
 * @property {number} [minutes] after which it is stopped; 20 by default
 */

/** @typedef {"npm test" | "each change" | "nightly"} ListName */

/** @type {Record<ListName, Check[]>} */
export const lists = JSON.parse(readFileSync(new URL("checks.json", import.meta.url), "utf8"));

/** Every check of every list. */
export const all = Object.values(lists).flat();

/** The checks of `.ci/run`. */
export const eachChange = [...lists["npm test"], ...lists["each change"]];

/** The checks of the night, beside those of each change. */
export const { nightly } = lists;

/**
 * The named checks with all that they need, in the order of the lists.
 *
 * @param {readonly string[]} names
 * @returns {Check[]}
 * @throws when there is no such check
 */
export function named(names) {
  /** @type {Set<string>} */
  const wanted = new Set();
  /** @param {string} name */
  function want(name) {
    const check = all.find((each) => each.name === name);
    if (check === undefined)
      throw new RangeError(`no check is named ${name}; there are ${all.map((each) => each.name).join(", ")}`);
    wanted.add(name);
    for (const needed of check.needs ?? []) want(needed);
  }
  for (const name of names) want(name);
  return all.filter(({ name }) => wanted.has(name));
}
