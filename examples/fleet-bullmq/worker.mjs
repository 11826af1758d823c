// @ts-check
/** Takes one range of terms after the other: `npm run worker`, as often as there are CPUs, on as many hosts as there are. */
import { hostname } from "node:os";

import { DelayedError, UnrecoverableError, Worker } from "bullmq";
import { hexDigitsPartial } from "compute-pi-rs";

import { endOnSignals, runCommand } from "./command.mjs";
import { connection, patience, TERMS } from "./queues.mjs";

/** @typedef {import("./queues.mjs").TermsData} TermsData */
/** @typedef {import("./queues.mjs").TermsResult} TermsResult */

/** A job that is for others is put back so often, and then done all the same: there may be no others. */
const POLITE_TURNS = 20;
const TURN_MS = 250;

/** The codes of errors that come again however often a job is tried. */
const HOPELESS = ["ERR_OUT_OF_RANGE", "ERR_INVALID_ARG_TYPE", "ERR_INVALID_ARG_VALUE"];

/**
 * @param {object} [options]
 * @param {string} [options.name] which the results say
 * @param {(job: import("./queues.mjs").HexJob, options: object) => Promise<import("./queues.mjs").HexPart>} [options.compute]
 */
export function startWorker({ name = `${hostname()}-${process.pid}`, compute = hexDigitsPartial } = {}) {
  /**
   * @param {import("bullmq").Job<TermsData, TermsResult>} job
   * @param {string} [token]
   * @returns {Promise<TermsResult>}
   */
  const process = async (job, token) => {
    const avoided = job.data.avoid?.includes(name) ?? false;
    if (avoided && job.attemptsStarted < POLITE_TURNS) {
      await job.moveToDelayed(Date.now() + TURN_MS, token);
      throw new DelayedError();
    }
    await job.updateProgress({ worker: name, fraction: 0 });
    let told = Date.now();
    const part = await compute(job.data.job, {
      threads: 1,
      onProgress: async (/** @type {{ fraction: number }} */ { fraction }) => {
        if (Date.now() - told < 1000) return;
        told = Date.now();
        // Nobody needs to know while Redis is away.
        await job.updateProgress({ worker: name, fraction }).catch(() => {});
      },
    }).catch((error) => {
      throw HOPELESS.includes(error.code) ? new UnrecoverableError(`${error.code}: ${error.message}`) : error;
    });
    return avoided ? { part, worker: name, alone: true } : { part, worker: name };
  };
  const worker = new Worker(TERMS, process, { connection: connection(), name, ...patience });
  // Redis away, a lock lost: BullMQ deals with both, and the job runs again.
  worker.on("error", (error) => console.error(`${name}: ${error.message}`));
  return worker;
}

await runCommand(import.meta.url, {
  usage:
    "usage: node worker.mjs\n\nTakes jobs, on one thread: start one for each CPU. REDIS_URL says where Redis is, " +
    "FLEET_WORKER what this worker is called.",
  run: () => {
    const name = process.env["FLEET_WORKER"];
    const worker = startWorker(name ? { name } : {});
    worker.on("active", (job) => console.log(`took ${job.id}: ${job.name}`));
    worker.on("completed", (job) => console.log(`did ${job.id}`));
    worker.on("failed", (job, error) => console.log(`failed ${job?.id}: ${error.message}`));
    endOnSignals(worker);
  },
});
