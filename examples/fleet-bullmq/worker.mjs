// @ts-check
/** Takes one range of terms after the other: `npm run worker`, as often as there are CPUs, on as many hosts as there are. */
import { hostname } from "node:os";
import { pathToFileURL } from "node:url";

import { DelayedError, Worker } from "bullmq";
import { hexDigitsPartial } from "compute-pi-rs";

import { connection, patience, TERMS } from "./queues.mjs";

/** @typedef {import("./queues.mjs").TermsData} TermsData */
/** @typedef {import("./queues.mjs").TermsResult} TermsResult */

/** A job that is for others is put back so often, and then done all the same: there may be no others. */
const POLITE_TURNS = 20;
const TURN_MS = 250;

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
    });
    return avoided ? { part, worker: name, alone: true } : { part, worker: name };
  };
  const worker = new Worker(TERMS, process, { connection: connection(), name, ...patience });
  // Redis away, a lock lost: BullMQ deals with both, and the job runs again.
  worker.on("error", (error) => console.error(`${name}: ${error.message}`));
  return worker;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const name = process.env["FLEET_WORKER"];
  const worker = startWorker(name ? { name } : {});
  worker.on("active", (job) => console.log(`took ${job.id}: ${job.name}`));
  worker.on("completed", (job) => console.log(`did ${job.id}`));
  // Ends after the job at hand.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void worker.close());
}
