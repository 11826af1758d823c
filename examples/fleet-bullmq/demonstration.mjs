// @ts-check
/**
 * `npm run fleet`: a Redis of its own, a reducer, four workers, and the digits at 10^8, while two of the workers are
 * killed in the middle of a job. Needs `redis-server` in the PATH.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { QueueEvents } from "bullmq";
import { hexDigits } from "compute-pi-rs";

const [argument = "1e8"] = process.argv.slice(2);
const POSITION = Number(argument);
if (!Number.isSafeInteger(POSITION) || POSITION < 1 || POSITION > 1e13) {
  const help = argument === "--help" || argument === "-h";
  if (!help) console.error(`the position is a whole number from 1 to 1e13, not ${argument}`);
  (help ? console.log : console.error)("usage: npm run fleet -- [position, 1e8 unless given]");
  process.exit(help ? 0 : 2);
}
const WORKERS = 4;
const JOBS = 40;
/** A worker is killed when so many jobs are done. */
const KILLS = [6, 14];

// A dead worker is to be noticed in seconds here; for jobs of minutes, BullMQ's own half a minute is right.
process.env["FLEET_LOCK_MS"] = "3000";
process.env["FLEET_STALLED_MS"] = "1000";

const began = performance.now();
/** @param {string} text */
const say = (text) => console.log(`${((performance.now() - began) / 1000).toFixed(2).padStart(6)} s  ${text}`);

/** The start of a UUID. @param {string} id */
const short = (id) => id.slice(0, 8);

const folder = await mkdtemp(join(tmpdir(), "pi-fleet-"));
/** @type {Map<string, import("node:child_process").ChildProcess>} */
const processes = new Map();

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 */
function start(name, program, args) {
  const child = spawn(program, args, {
    env: { ...process.env, FLEET_WORKER: name },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout?.resume();
  processes.set(name, child);
  return child;
}

/** Ends all that was started, and removes what it wrote. */
function cleanUp() {
  for (const child of processes.values()) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

// Nothing outlives this process, however it is told to end; a closed pipe is one way.
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.once(signal, () => {
    cleanUp();
    process.exit(code);
  });
}
process.stdout.on("error", () => {
  cleanUp();
  process.exit(1);
});

try {
  const port = await freePort();
  process.env["REDIS_URL"] = `redis://127.0.0.1:${port}`;
  const options = { port, bind: "127.0.0.1", dir: folder, appendonly: "yes", save: "" };
  const redis = start(
    "redis",
    "redis-server",
    Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]),
  );
  await Promise.race([once(redis, "spawn"), once(redis, "error").then(([error]) => Promise.reject(error))]);
  say(`redis-server on port ${port}, with an append-only file`);

  // These modules read the environment that was set above.
  const [{ submit }, { connection, TERMS }, { Fleet }] = await Promise.all([
    import("./submit.mjs"),
    import("./queues.mjs"),
    import("./status.mjs"),
  ]);
  const { id, jobs, checks } = await submit({ position: POSITION, jobs: JOBS, check: 0.2 });
  say(`position ${POSITION}: ${jobs} jobs, ${checks} of them twice`);

  const events = new QueueEvents(TERMS, { connection: connection(), lastEventId: "0-0" });
  await events.waitUntilReady();
  let done = 0;
  const kills = [...KILLS];
  /** @type {Map<string, string>} */
  const holders = new Map();
  events.on("progress", ({ jobId, data }) => {
    const { worker, fraction } = /** @type {{ worker: string, fraction: number }} */ (data);
    if (fraction > 0) return;
    const before = holders.get(jobId);
    if (before !== undefined) say(`job ${short(jobId)}: ${worker} takes it over from ${before}`);
    holders.set(jobId, worker);
    if (done < (kills[0] ?? Infinity)) return;
    kills.shift();
    processes.get(worker)?.kill("SIGKILL");
    say(`job ${short(jobId)}: ${worker} is killed in the middle of it`);
  });
  events.on("stalled", ({ jobId }) => say(`job ${short(jobId)}: stalled, back in the queue`));
  events.on("completed", () => {
    done += 1;
    if (done % 10 === 0) say(`${done} jobs are done`);
  });

  start("reducer", process.execPath, [fileURLToPath(new URL("reducer.mjs", import.meta.url))]);
  for (let index = 1; index <= WORKERS; index += 1) {
    start(`worker-${index}`, process.execPath, [fileURLToPath(new URL("worker.mjs", import.meta.url))]);
  }
  say(`a reducer and ${WORKERS} workers`);

  const fleet = new Fleet();
  const { digits, parts, results, distrusted } = await fleet.result(id);
  const { finished } = await fleet.look(id);
  say(`${results} results for ${parts} ranges, ${distrusted.length} workers distrusted`);
  for (const [worker, count] of [...finished].sort()) say(`  ${worker}: ${count}`);
  say(`the fleet:       ${digits}`);
  const expected = await hexDigits(POSITION, digits.length);
  say(`one computation: ${expected}`);
  await Promise.all([fleet.close(), events.close()]);
  const killed = KILLS.length - kills.length;
  if (digits !== expected) say("verdict: WRONG, the fleet's digits differ");
  else if (kills.length > 0) say(`verdict: the digits are right, but only ${killed} workers were killed`);
  else say(`verdict: right, though ${killed} of ${WORKERS} workers were killed`);
  if (digits !== expected || kills.length > 0) process.exitCode = 1;
} catch (error) {
  const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
  console.error(
    missing ? "redis-server is missing: install Redis first" : error instanceof Error ? error.message : error,
  );
  process.exitCode = 1;
} finally {
  cleanUp();
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
