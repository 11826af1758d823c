// @ts-check
const { hexDigitsPartial } = require("compute-pi-rs");

const { Store } = require("./store.js");

/**
 * Does one job, on the one CPU that the function has. It may come twice: the second time gives the same object again.
 *
 * @param {{ run: string, item: import("./audit.js").Item }} event
 */
exports.handler = async ({ run, item: { job, copy } }) => {
  const part = await hexDigitsPartial(job, { threads: 1 });
  await new Store(run).saveResult({ copy, part });
};
