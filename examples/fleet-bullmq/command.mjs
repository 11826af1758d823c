// @ts-check
/** The programs of this folder as commands: help, errors in one line, and an end when they are told to. */
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { Redis } from "ioredis";

import { connection } from "./queues.mjs";

/** A fault of the command line, or of the world; its message says what to do. */
export class CommandError extends Error {}

/**
 * Runs a program's command, if the program is what Node.js was started with.
 *
 * @param {string} url `import.meta.url` of the program
 * @param {object} command
 * @param {string} command.usage
 * @param {string[]} [command.options] names of options, each with a value
 * @param {string[]} [command.positionals] names of arguments, all of them required
 * @param {(values: Record<string, string>) => unknown} command.run
 */
export async function runCommand(url, { usage, options = [], positionals = [], run }) {
  if (url !== pathToFileURL(process.argv[1] ?? "").href) return;
  try {
    const values = read(options, positionals);
    if (values === undefined) console.log(usage);
    else await run(values);
  } catch (error) {
    const usageToo = error instanceof CommandError ? "" : isUsage(error) ? `\n${usage}` : "";
    console.error(`${error instanceof Error ? error.message : error}${usageToo}`);
    process.exit(usageToo ? 2 : 1);
  }
}

/**
 * @param {string[]} names
 * @param {string[]} required
 * @returns {Record<string, string> | undefined} nothing when help is asked for
 */
function read(names, required) {
  const options = Object.fromEntries(names.map((name) => [name, { type: /** @type {const} */ ("string") }]));
  const { values, positionals } = parseArgs({
    options: { ...options, help: { type: "boolean", short: "h" } },
    allowPositionals: true,
  });
  if (values["help"]) return undefined;
  if (positionals.length !== required.length) {
    const missing = required[positionals.length];
    throw new UsageError(missing ? `${missing} is missing` : `there is one argument too many: ${positionals.at(-1)}`);
  }
  const given = Object.entries(values).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries([...given, ...required.map((name, index) => [name, positionals[index] ?? ""])]);
}

class UsageError extends Error {}

/** @param {unknown} error */
function isUsage(error) {
  return error instanceof UsageError || (error instanceof Error && /^ERR_PARSE_ARGS/.test(Reflect.get(error, "code")));
}

/**
 * A number that an option gives.
 *
 * @param {string} name
 * @param {string} text
 */
export function number(name, text) {
  const value = text.trim() === "" ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new UsageError(`--${name} takes a number, such as 1e9, not "${text}"`);
  return value;
}

/** Makes sure that Redis is there, for commands whose user waits; workers wait by themselves. */
export async function needRedis() {
  const { url } = connection();
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5000 });
  /** @type {unknown} */
  let reason;
  redis.on("error", (error) => (reason = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (reason ?? error);
    const where = url.replace(/\/\/[^@/]*@/, "//…@");
    throw new CommandError(`no Redis answers at ${where} (${code ?? message}): start redis-server, or set REDIS_URL`);
  } finally {
    redis.disconnect();
  }
}

/** After so long without Redis, what a worker has to hand in is given up when it is told to end. */
const PATIENCE_MS = 5000;

/**
 * Ends a worker of BullMQ after the job at hand when the process is told to; at once when it is told twice, and soon
 * when Redis is away, which BullMQ would wait for.
 *
 * @param {import("bullmq").Worker<any, any>} worker
 */
export function endOnSignals(worker) {
  let redis = false;
  worker.on("ready", () => (redis = true));
  worker.on("ioredis:close", () => (redis = false));
  let told = false;
  const end = () => {
    if (told) process.exit(1);
    told = true;
    void worker.close().then(() => process.exit(0));
    let away = 0;
    setInterval(() => {
      away = redis ? 0 : away + 1;
      if (away > 10) process.exit(0);
    }, PATIENCE_MS / 10);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);
}
