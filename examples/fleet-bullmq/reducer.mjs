// @ts-check
/** Adds up a position's parts, once they are all there and believed: `npm run reducer`. */
import { Queue, UnrecoverableError, WaitingChildrenError, Worker } from "bullmq";
import { hexDigitsCombine } from "compute-pi-rs";

import { audit } from "./audit.mjs";
import { endOnSignals, runCommand } from "./command.mjs";
import { connection, DIGITS, patience, TERMS, termsOptions } from "./queues.mjs";

/** @typedef {import("./queues.mjs").DigitsData} DigitsData */
/** @typedef {import("./queues.mjs").DigitsResult} DigitsResult */
/** @typedef {import("./queues.mjs").TermsResult} TermsResult */

/** Workers that still disagree after so many rounds will do so for ever. */
const ROUNDS = 8;

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
      // A reducer that died comes here twice with the same results.
      const rounds = new Set([...(job.data.rounds ?? []), results.length]);
      if (rounds.size > ROUNDS) {
        const ranges = again.map(({ job: { from, to } }) => `${from} to ${to}`).join(", ");
        throw new UnrecoverableError(`after ${ROUNDS} rounds, workers still disagree about the terms ${ranges}`);
      }
      await job.updateData({ ...job.data, rounds: [...rounds] });
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

await runCommand(import.meta.url, {
  usage: "usage: node reducer.mjs\n\nAdds up the parts of each position. REDIS_URL says where Redis is.",
  run: () => endOnSignals(startReducer()),
});
