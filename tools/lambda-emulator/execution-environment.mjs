// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "@compute-pi-rs/steps";
import { ControlGroup } from "./control-group.mjs";
import { RuntimeApi } from "./runtime-api.mjs";

/** @typedef {import("./runtimes.mjs").RuntimeCommand} RuntimeCommand */
/** @typedef {import("./runtime-api.mjs").FunctionError} FunctionError */

/**
 * @typedef {object} Preparation what an environment is made from
 * @property {RuntimeCommand} command
 * @property {NodeJS.ProcessEnv} env without the address of the Runtime API
 * @property {string} taskRoot
 * @property {number} memory in megabytes
 * @property {boolean} limits whether memory and CPU are limited as Lambda does
 */

const launcher = fileURLToPath(new URL("launch.sh", import.meta.url));
let count = 0;

/** Whether a process may have mounts of its own, by which even root cannot write to a function's code. */
const mounts = lazily(async () => {
  return (await run("unshare", ["--mount", "true"])).exitCode === 0;
});

/** Whether processor time can be counted by the kernel's control groups. */
const groups = lazily(() => ControlGroup.problem() === undefined);

/**
 * One runtime process with its Runtime API, as Lambda starts one for a function and keeps it between invocations.
 */
export class ExecutionEnvironment {
  #process;
  #group;
  #ticks = 0;

  /** The output of the process since it was last read. */
  log = "";

  /** Whether the process is still there. */
  alive = true;

  /** Settles when the process has ended, with what Lambda says about it. @type {Promise<FunctionError>} */
  exited;

  /** Milliseconds from the start of the runtime until it asked for its first event. */
  initDuration = 0;

  /** Milliseconds of processor time that this took. */
  initProcessorTime = 0;

  /**
   * @param {RuntimeApi} api
   * @param {import("node:child_process").ChildProcess} child
   * @param {ControlGroup | undefined} group
   */
  constructor(api, child, group) {
    this.api = api;
    this.#process = child;
    this.#group = group;
    for (const output of [child.stdout, child.stderr]) {
      output?.setEncoding("utf8").on("data", (/** @type {string} */ text) => (this.log += text));
    }
    this.exited = once(child, "exit").then(([code, signal]) => {
      this.alive = false;
      const reason = signal === null ? `exit status ${code}` : `signal: ${signal === "SIGKILL" ? "killed" : signal}`;
      return { errorType: "Runtime.ExitError", errorMessage: `Runtime exited with error: ${reason}` };
    });
  }

  /**
   * Starts a runtime and waits until it asks for an event. As in Lambda, it has a whole CPU until then.
   *
   * @param {Preparation} preparation
   * @returns {Promise<{ environment: ExecutionEnvironment, error?: FunctionError }>}
   */
  static async start({ command, env, taskRoot, memory, limits }) {
    const api = await RuntimeApi.listen();
    const group = limits || groups() ? new ControlGroup(`lambda-${process.pid}-${++count}`) : undefined;
    if (limits) group?.limitMemory(memory);
    const launch = ["sh", launcher, ...(group?.members ?? []).flatMap((file) => ["-g", file])];
    const readOnly = (await mounts()) ? ["unshare", "--mount", ...launch, "-r", taskRoot] : launch;
    const [program = "", ...args] = [...readOnly, command.program, ...command.args];
    const child = spawn(program, args, {
      env: { ...env, AWS_LAMBDA_RUNTIME_API: api.address },
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    });
    const environment = new ExecutionEnvironment(api, child, group);
    const prepared = child.stdio[3];
    if (prepared != null) await Promise.race([once(prepared, "data"), environment.exited]);
    const start = performance.now();
    const before = environment.processorTime;
    /** @type {import("node:stream").Writable} */ (child.stdio[4]).end("go\n");
    const error = await Promise.race([api.initialized, environment.exited]);
    environment.initDuration = performance.now() - start;
    environment.initProcessorTime = environment.processorTime - before;
    if (limits) group?.throttle(memory);
    return error === undefined ? { environment } : { environment, error };
  }

  /** Milliseconds of processor time since the start; without control groups in steps of 10. */
  get processorTime() {
    if (this.#group !== undefined) return this.#group.processorTime;
    try {
      // The fields behind the name, which is in brackets; utime and stime are the 14th and 15th of all.
      const fields = readFileSync(`/proc/${this.#process.pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      this.#ticks = Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended: what was read last is the best that is known.
    }
    return this.#ticks * 10;
  }

  /** Megabytes of memory that the process had at its peak, or nothing when it has ended. */
  get maxMemory() {
    try {
      const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
      return Math.ceil(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
    } catch {
      return undefined;
    }
  }

  /** Megabytes of memory that the process has now. */
  get memory() {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  /** Kills the process, and removes what was made for it. */
  async stop() {
    this.#process.kill("SIGKILL");
    await this.exited;
    this.api.close();
    await this.#group?.remove();
  }
}

/**
 * @template T
 * @param {() => T} compute
 * @returns {() => T} its result, computed at the first call
 */
function lazily(compute) {
  /** @type {{ value: T } | undefined} */
  let result;
  return () => (result ??= { value: compute() }).value;
}
