// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { installExample } from "../../../scripts/fleet/install.mjs";
import { idle, processorTime, round } from "./processor.mjs";

const POSITION = 4e8;
const JOBS = 60;
const MOST = 4;
const ROUNDS = 5;

/**
 * The fleet of examples/fleet-bullmq on a Redis of its own, with one worker up to four, each on one thread.
 *
 * @returns {Promise<{ position: number, jobs: number, rows: Row[] }>} the fastest of some rounds for each number
 * @typedef {{ workers: number, seconds: number, jobsPerSecond: number, termsPerSecond: number, processors: number, efficiency: number }} Row
 */
export async function workers() {
  const { folder, remove } = await installExample("fleet-bullmq");
  try {
    /** @type {Row[]} */
    const rows = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let count = 1; count <= MOST; count += 1) {
        const row = await fleet(folder, count);
        console.log(`${count} workers: ${row.termsPerSecond} terms a second, ${row.processors} CPUs`);
        if (!(row.termsPerSecond <= (rows[count - 1]?.termsPerSecond ?? 0))) rows[count - 1] = row;
      }
    }
    const one = rows[0]?.termsPerSecond ?? NaN;
    return {
      position: POSITION,
      jobs: JOBS,
      rows: rows.map((row) => ({ ...row, efficiency: round3(row.termsPerSecond / one / row.workers) })),
    };
  } finally {
    await remove();
  }
}

/** @param {number} value */
const round3 = (value) => round(value, 3);

/**
 * @param {string} folder
 * @param {number} count
 * @returns {Promise<Row>}
 */
async function fleet(folder, count) {
  const data = await mkdtemp(join(tmpdir(), "pi-fleet-"));
  /** @type {import("node:child_process").ChildProcess[]} */
  const processes = [];
  /** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
  const start = (program, args, env) => {
    const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...env }, stdio: "ignore" });
    processes.push(child);
    return child;
  };
  try {
    const port = await freePort();
    process.env["REDIS_URL"] = `redis://127.0.0.1:${port}`;
    const redis = start("redis-server", ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", data, "--save", ""]);
    await Promise.race([once(redis, "spawn"), once(redis, "error").then(([error]) => Promise.reject(error))]);
    const [{ submit }, { connection, TERMS }, { Fleet }] = await Promise.all(
      ["submit.mjs", "queues.mjs", "status.mjs"].map((name) => import(pathToFileURL(join(folder, name)).href)),
    );
    const { Queue } = await import(pathToFileURL(createRequire(join(folder, "x.js")).resolve("bullmq")).href);
    const workers = Array.from({ length: count }, (_, index) =>
      start(process.execPath, ["worker.mjs"], { FLEET_WORKER: `worker-${index + 1}` }),
    );
    // They start before there is work, so that all begin together.
    await sleep(1500);
    if (!(await idle())) console.log("the machine is busy");
    const before = workers.map(({ pid }) => processorTime(pid ?? 0));
    const { id } = await submit({ position: POSITION, jobs: JOBS, check: 0 });
    const queue = new Queue(TERMS, { connection: connection() });
    while ((await queue.getCompletedCount()) < JOBS) await sleep(50);
    const processor = workers.reduce((sum, { pid }, index) => sum + processorTime(pid ?? 0) - (before[index] ?? 0), 0);
    const done = await queue.getCompleted(0, JOBS);
    const seconds =
      (Math.max(...done.map((/** @type {any} */ { finishedOn }) => finishedOn)) -
        Math.min(...done.map((/** @type {any} */ { processedOn }) => processedOn))) /
      1000;
    const terms = Math.max(...done.map((/** @type {any} */ { data: { job } }) => job.to));
    // The digits are waited for, too: a fleet that is fast and wrong measures nothing.
    start(process.execPath, ["reducer.mjs"]);
    const fleet = new Fleet();
    if (count > 1) console.log((await fleet.result(id)).digits);
    await Promise.all([fleet.close(), queue.close()]);
    return {
      workers: count,
      seconds,
      jobsPerSecond: round3(JOBS / seconds),
      termsPerSecond: round3(terms / seconds),
      processors: round3(processor / seconds),
      efficiency: 1,
    };
  } finally {
    for (const child of processes) child.kill("SIGKILL");
    await rm(data, { recursive: true, force: true });
  }
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
