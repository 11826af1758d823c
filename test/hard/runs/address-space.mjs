// @ts-check
import { join } from "node:path";

import { root } from "../../../scripts/lib/paths.mjs";
import { run } from "@compute-pi-rs/steps";
import { withManyCpus } from "./many-cpus.mjs";

const programs = join(root, "test", "hard", "programs");

/** The words of a call where memory, or a thread, is refused. */
const REFUSALS = new Set(["ERR_MEMORY_ALLOCATION_FAILED", "ERR_COMPUTE_PI_MEMORY", "ERR_COMPUTE_PI_THREADS"]);

/** How V8 and Node.js say that they have ended the process. */
const NOT_OURS =
  /FATAL ERROR|Fatal process|Fatal JavaScript|JavaScript heap|out of memory|allocation failed|std::bad_alloc|Check failed|Assertion|ENOMEM|uv_thread_create|pthread_create|^fault in \S*\bnode$/im;
/** How our code would: Rust refused a small block, a panic, the C library without memory for a thread's data. */
const OURS =
  /memory allocation of \d+ bytes failed|panicked|TLS destructor|thread-local data|stack overflow|fault in .*\.node/;

/** @typedef {{ name: string, digits: number, threads: number, cpus: number }} Case a call; 0 threads are the default */
/** @typedef {{ results: number, rejections: number, v8: number }} Counts */

/**
 * Makes calls in processes with ever less address space: each gives its result or rejects, and none ends the process.
 *
 * @param {readonly Case[]} cases
 * @param {readonly number[]} kilobytes what is left of the address space when the calls begin
 * @returns {Promise<Counts>} the calls that gave results and that rejected, and the processes that V8 ended
 * @throws where one did anything else
 */
export function sweepAddressSpace(cases, kilobytes) {
  return withManyCpus(async (environment) => {
    const counts = { results: 0, rejections: 0, v8: 0 };
    for (const one of cases) {
      const [expected] = said(await attempt(one, 0, environment));
      for (const left of kilobytes) {
        const result = await attempt(one, left, environment);
        const where = `${JSON.stringify(one)} with ${left} kB left`;
        if (result.exitCode !== 0) {
          const isV8 = ["SIGTRAP", "SIGILL"].includes(result.signal ?? "") || NOT_OURS.test(result.stderr);
          if (!isV8 || OURS.test(result.stderr))
            throw new Error(
              `${where}: ${result.signal ?? `exit code ${result.exitCode}`}\n${result.stderr.slice(0, 2000)}`,
            );
          counts.v8 += 1;
          continue;
        }
        for (const outcome of said(result)) {
          if (outcome === expected) counts.results += 1;
          else if (REFUSALS.has(String(outcome))) counts.rejections += 1;
          else throw new Error(`${where}: ${outcome}`);
        }
      }
    }
    return counts;
  });
}

/**
 * @param {Case} one
 * @param {number} left
 * @param {(cpus: number) => Record<string, string>} environment
 */
function attempt({ name, digits, threads, cpus }, left, environment) {
  const env = {
    ...process.env,
    COMPUTE_PI_RS_BINARY: process.env.COMPUTE_PI_RS_BINARY ?? join(root, "index.node"),
    ...environment(cpus),
    // Less than a computation needs: the threads say themselves what stack they have.
    RUST_MIN_STACK: "32768",
  };
  const args = [join(programs, "address-space.mjs"), name, digits, threads, left].map(String);
  return run(process.execPath, args, { env, timeout: 120_000 });
}

/**
 * @param {{ exitCode?: number, signal?: string, stdout: string, stderr: string }} result
 * @returns {unknown[]}
 */
function said({ exitCode, signal, stdout, stderr }) {
  if (exitCode !== 0) throw new Error(`${signal ?? exitCode}: ${stderr}`);
  return JSON.parse(stdout);
}
