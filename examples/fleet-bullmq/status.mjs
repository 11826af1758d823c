// @ts-check
/** The state of the queues, for people and programs: `node status.mjs ID` waits for a position and prints its result as JSON. */
import { Queue } from "bullmq";

import { CommandError, needRedis, runCommand } from "./command.mjs";
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
    const [counts, active, digits, workers, reducers] = await Promise.all([
      this.#terms.getJobCounts("waiting", "active", "delayed", "failed"),
      this.#terms.getActive(),
      this.#digits.getJob(id),
      this.#terms.getWorkersCount(),
      this.#digits.getWorkersCount(),
    ]);
    if (digits === undefined) throw new CommandError(`there is no position ${id}: give the id that submit printed`);
    const { processed = 0, unprocessed = 0, failed = 0 } = await digits.getDependenciesCount();
    /** @type {Map<string, number>} */
    const finished = new Map();
    /** @type {Record<string, import("./queues.mjs").TermsResult>} */
    const values = (await digits.getChildrenValues()) ?? {};
    for (const { worker } of Object.values(values)) finished.set(worker, (finished.get(worker) ?? 0) + 1);
    const done = Object.keys(values).length;
    const busy = active.map((job) => {
      const { worker = "?", fraction = 0 } = /** @type {Partial<TermsProgress>} */ (job.progress);
      return { worker, fraction, range: job.name, attempt: job.attemptsStarted };
    });
    const total = processed + unprocessed + failed;
    const reason = state === "failed" ? await this.#reason(digits) : undefined;
    return { counts, busy, finished, done, total, workers, reducers, state, reason, result: digits.returnvalue };
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
      if (job === undefined) throw new CommandError(`there is no position ${id}: give the id that submit printed`);
      if (state === "completed") return job.returnvalue;
      if (state === "failed") throw new CommandError(`the position failed: ${await this.#reason(job)}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /**
   * Why a position failed. BullMQ says which child it was; the child knows why.
   *
   * @param {import("bullmq").Job} job
   */
  async #reason({ failedReason = "" }) {
    const [, id = ""] = /^child .*:(.+) failed/.exec(failedReason) ?? [];
    const child = id === "" ? undefined : await this.#terms.getJob(id);
    return child ? `${child.name}: ${child.failedReason}` : failedReason;
  }

  async close() {
    await Promise.all([this.#terms.close(), this.#digits.close()]);
  }
}

await runCommand(import.meta.url, {
  usage: "usage: node status.mjs ID\n\nWaits for a position, and prints its result as JSON. submit prints the id.",
  positionals: ["ID"],
  run: async ({ ID = "" }) => {
    await needRedis();
    const fleet = new Fleet();
    try {
      console.log(JSON.stringify(await fleet.result(ID)));
    } finally {
      await fleet.close();
    }
  },
});
