// @ts-check
const { hexDigitsPlan } = require("compute-pi-rs");

const { audit } = require("./audit.js");
const { Store } = require("./store.js");

/** In the first rounds a tenth of the jobs may fail for good, since they come again; in the last ones none may. */
const LENIENT_ROUNDS = 3;
const ROUNDS = 8;
const TOLERATED = 0.1;

/**
 * @typedef {object} Run what an execution is started with, and what its states hand on
 * @property {string} run a name of your choice; the same one goes on with what is there
 * @property {number} position
 * @property {number} [count] digits
 * @property {number} [seconds] for one job; 60 by default
 * @property {number} [jobs] how many, instead
 * @property {number} [check] the share of the ranges that are computed twice
 * @property {number} [concurrency] functions at the same time
 * @property {number} [round] how often what was left has been listed
 */

/**
 * Makes the plan, once for a run, and lists what is left of it, once for each round.
 *
 * It has the memory, and so the speed, of the functions that do the jobs: it measures how many terms a job can hold.
 *
 * @param {Run} event
 */
exports.handler = async ({ round = 0, ...request }) => {
  const { run, position, count = 16, concurrency = 1000 } = request;
  const store = new Store(run);
  const plan = (await store.plan()) ?? (await store.savePlan(await makePlan({ ...request, count })));
  const [first] = plan.jobs;
  if (first?.position !== position || first.count !== count) {
    throw new Error(`run ${run} is for other digits: position ${first?.position}, count ${first?.count}`);
  }
  if (round >= ROUNDS) throw new Error(`run ${run}: results still differ after ${ROUNDS} rounds`);
  const results = await store.results();
  const { items, parts, disputed } = audit(plan, results);
  // Read once: what the digits are added up from goes on as one object.
  if (items.length === 0) await store.saveSum({ parts, results: results.length, disputed });
  return {
    ...request,
    concurrency,
    round: round + 1,
    left: items.length,
    tolerated: round < LENIENT_ROUNDS ? Math.ceil(TOLERATED * items.length) : 0,
    bucket: store.bucket,
    items: await store.saveItems(round, items),
  };
};

/**
 * @param {Run} request
 * @returns {Promise<import("./audit.js").Plan>}
 */
async function makePlan({ position, count, jobs, seconds = 60, check = 0.1 }) {
  const size = jobs === undefined ? { seconds } : { jobs };
  const plan = await hexDigitsPlan({ position, count, ...size }, { threads: 1 });
  return { jobs: plan.jobs, checked: [...plan.jobs.keys()].filter(() => Math.random() < check) };
}
