// @ts-check
const { hexDigitsCombine } = require("compute-pi-rs");

const { Store } = require("./store.js");

/**
 * Adds up the parts of a run that are believed. Throws unless each term is there exactly once.
 *
 * @param {{ run: string }} event
 */
exports.handler = async ({ run }) => {
  const sum = await new Store(run).sum();
  if (sum === undefined) throw new Error(`run ${run} is not complete`);
  const { position, digits } = hexDigitsCombine(sum.parts);
  return { position, digits, parts: sum.parts.length, results: sum.results, disputed: sum.disputed };
};
