// @ts-check
/** Adds up a position's parts, once they are all there and believed: `npm run reducer`. */
import { pathToFileURL } from "node:url";

import { Queue, WaitingChildrenError, Worker } from "bullmq";
import { hexDigitsCombine } from "compute-pi-rs";

import { audit } from "./audit.mjs";
import { connection, DIGITS, patience, TERMS, termsOptions } from "./queues.mjs";

/** @typedef {import("./queues.mjs").DigitsData} DigitsData */
/** @typedef {import("./queues.mjs").DigitsResult} DigitsResult */
/** @typedef {import("./queues.mjs").TermsResult} TermsResult */

export function startReducer() {
  const terms = new Queue(TERMS, { connection: connection() });

  /**
   * @param {import("bullmq").Job<DigitsData, DigitsResult>} job
   * @param {string} [token]
   * @returns {Promise<DigitsResult>}
   */
  const process = async (job, token = "") => {
    const { position, count } = job.data;
    for (;;) {
      /** @type {TermsResult[]} */
      const results = Object.values(await job.getChildrenValues());
      const { again, parts, distrusted } = audit(results, count);
      if (again.length === 0) {
        const { digits } = hexDigitsCombine(parts);
        return { position, digits, parts: parts.length, results: results.length, distrusted };
      }
      const parent = { id: job.id ?? "", queue: job.queueQualifiedName };
      // The same results lead to the same ids: a reducer that died here does not queue them twice.
      const round = `${parent.id}-${results.length}`;
      await terms.addBulk(
        again.map((data) => ({
          name: `terms ${data.job.from} to ${data.job.to}, again`,
          data,
          opts: { ...termsOptions, parent, jobId: `${round}-${data.job.from}` },
        })),
      );
      // The job ends here for now, and runs again with the new results.
      if (await job.moveToWaitingChildren(token)) throw new WaitingChildrenError();
    }
  };
  const worker = new Worker(DIGITS, process, { connection: connection(), ...patience });
  worker.on("error", (error) => console.error(`reducer: ${error.message}`));
  worker.on("closed", () => void terms.close());
  return worker;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const worker = startReducer();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void worker.close());
}
