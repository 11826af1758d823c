// @ts-check
/** Cuts a position into jobs and queues them as one flow: `npm run submit -- --position 1e8 --seconds 5`. */
import { FlowProducer } from "bullmq";
import { hexDigitsPlan } from "compute-pi-rs";

import { needRedis, number, runCommand } from "./command.mjs";
import { connection, DIGITS, TERMS, termsOptions } from "./queues.mjs";

/**
 * @param {object} request
 * @param {number} request.position
 * @param {number} [request.count] digits
 * @param {number} [request.jobs] how many; or
 * @param {number} [request.seconds] how long each, on a worker like this machine
 * @param {number} [request.check] the share of ranges that are computed twice
 * @returns {Promise<{ id: string, jobs: number, checks: number }>}
 */
export async function submit({ position, count = 16, jobs, seconds = 30, check = 0.1 }) {
  const size = jobs === undefined ? { seconds } : { jobs };
  const plan = await hexDigitsPlan({ position, count, ...size }, { threads: 1 });
  const checked = plan.jobs.filter(() => Math.random() < check);
  const flow = new FlowProducer({ connection: connection() });
  try {
    // One transaction: either all of it is queued, or nothing.
    const { job } = await flow.add({
      name: `digits from ${position}`,
      queueName: DIGITS,
      data: { position, count },
      children: [...plan.jobs, ...checked].map((job) => ({
        name: `terms ${job.from} to ${job.to}`,
        queueName: TERMS,
        data: { job },
        opts: termsOptions,
      })),
    });
    return { id: job.id ?? "", jobs: plan.jobs.length, checks: checked.length };
  } finally {
    await flow.close();
  }
}

await runCommand(import.meta.url, {
  usage: `usage: node submit.mjs [--position 1e6] [--count 16] [--seconds 30 | --jobs 40] [--check 0.1]

Queues the hexadecimal digits from a position on, and prints the id that watch takes.
  --position  that of the first digit, up to 1e13
  --count     how many digits
  --seconds   how long a job takes on a machine like this one
  --jobs      how many jobs, instead
  --check     the share of the jobs that two workers do
REDIS_URL says where Redis is.`,
  options: ["position", "count", "jobs", "seconds", "check"],
  run: async (values) => {
    const request = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, number(name, value)]));
    await needRedis();
    console.log(JSON.stringify(await submit({ position: 1e6, ...request })));
  },
});
