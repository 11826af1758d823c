// @ts-check
/** What the queues hold, for people and programs: `node status.mjs ID` waits for a position and prints its result as JSON. */
import { pathToFileURL } from "node:url";

import { Queue } from "bullmq";

import { connection, DIGITS, TERMS } from "./queues.mjs";

/** @typedef {{ worker: string, fraction: number }} TermsProgress */

/** The fleet as Redis knows it. */
export class Fleet {
  #terms = new Queue(TERMS, { connection: connection() });
  #digits = new Queue(DIGITS, { connection: connection() });

  constructor() {
    // Redis may be away for a while.
    for (const queue of [this.#terms, this.#digits]) queue.on("error", () => {});
  }

  /**
   * The jobs at work, how many wait, and what each worker has finished.
   *
   * @param {string} id of the position's job
   */
  async look(id) {
    const state = await this.#digits.getJobState(id);
    const [counts, active, digits] = await Promise.all([
      this.#terms.getJobCounts("waiting", "active", "delayed", "failed"),
      this.#terms.getActive(),
      this.#digits.getJob(id),
    ]);
    /** @type {Map<string, number>} */
    const finished = new Map();
    /** @type {Record<string, import("./queues.mjs").TermsResult>} */
    const values = (await digits?.getChildrenValues()) ?? {};
    for (const { worker } of Object.values(values)) finished.set(worker, (finished.get(worker) ?? 0) + 1);
    const done = Object.keys(values).length;
    const busy = active.map((job) => {
      const { worker = "?", fraction = 0 } = /** @type {Partial<TermsProgress>} */ (job.progress);
      return { worker, fraction, range: job.name, attempt: job.attemptsStarted };
    });
    return { counts, busy, finished, done, state, result: digits?.returnvalue };
  }

  /**
   * @param {string} id of the position's job
   * @returns {Promise<import("./queues.mjs").DigitsResult>}
   */
  async result(id) {
    for (;;) {
      // The state first: what is read after it belongs to it, or is newer.
      const state = await this.#digits.getJobState(id);
      const job = await this.#digits.getJob(id);
      if (job === undefined) throw new Error(`there is no job ${id}`);
      if (state === "completed") return job.returnvalue;
      if (state === "failed") throw new Error(`the job failed: ${job.failedReason}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async close() {
    await Promise.all([this.#terms.close(), this.#digits.close()]);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const fleet = new Fleet();
  console.log(JSON.stringify(await fleet.result(process.argv[2] ?? "")));
  await fleet.close();
}
