// @ts-check
const { hexDigitsCombine } = require("compute-pi-rs");

const { audit } = require("./audit.js");
const { Store } = require("./store.js");

/**
 * Adds up the parts of a run. Throws unless each term is there exactly once.
 *
 * @param {{ run: string }} event
 */
exports.handler = async ({ run }) => {
  const store = new Store(run);
  const plan = await store.plan();
  const results = await store.results();
  const { items, parts, disputed } = audit(plan ?? { jobs: [], checked: [] }, results);
  if (items.length > 0) throw new Error(`run ${run} is not complete: ${items.length} results are missing`);
  const { position, digits } = hexDigitsCombine(parts);
  return { position, digits, parts: parts.length, results: results.length, disputed };
};
