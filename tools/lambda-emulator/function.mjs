// @ts-check
import { randomBytes, randomUUID } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runOrThrow } from "@compute-pi-rs/steps";
import { ExecutionEnvironment } from "./execution-environment.mjs";
import { runtimeCommand } from "./runtimes.mjs";
import { XRayDaemon } from "./x-ray-daemon.mjs";

/** @typedef {import("./runtime-api.mjs").FunctionError} FunctionError */
/** @typedef {import("./runtime-api.mjs").Answer} Answer */
/** @typedef {import("./x-ray-daemon.mjs").Segment} Segment */

/**
 * @typedef {object} Code
 * @property {string} [zip] the deployment package
 * @property {string} [folder] its contents, in its place
 */

/**
 * @typedef {object} Settings
 * @property {string} [handler] `app.handler`; programs on an OS-only runtime need none
 * @property {string} [runtime] `nodejs20.x` to `nodejs26.x`, or `provided.al2023` for the program `bootstrap`
 * @property {import("./runtimes.mjs").Architecture} [architecture] that of this machine by default; `arm64` runs under QEMU elsewhere
 * @property {number} [memory] in megabytes
 * @property {number} [timeout] in seconds
 * @property {NodeJS.ProcessEnv} [environment]
 * @property {boolean} [limits] gives the function no more than its memory and its share of a CPU, by control groups
 */

/** @typedef {Code & Settings} Configuration */

/**
 * @typedef {object} Result
 * @property {string} requestId
 * @property {Buffer} body the response, or the error as JSON
 * @property {unknown} payload the body read as JSON; nothing when it is something else
 * @property {FunctionError} [error] why the function failed
 * @property {number} duration milliseconds from handing out the event to the end of the response
 * @property {number} [initDuration] milliseconds that the environment took to start, when this invocation had to start one
 * @property {number} billedDuration both, in whole milliseconds
 * @property {number} [maxMemory] megabytes that the process has held at its peak; nothing when it has ended
 * @property {{ init?: number, invoke: number }} processorTime milliseconds
 * @property {{ at: number, bytes: number }[]} chunks the parts of the response, in milliseconds since the event was handed out
 * @property {string} contentType
 * @property {Segment[]} segments what the function reported to X-Ray
 * @property {string} log what it printed
 */

/**
 * A deployed function, run on this machine as Lambda runs it: from its zip file, unpacked and read-only, by the runtime
 * of its configuration, in an environment that is started when an invocation needs one, kept for the next, and killed
 * when time is out.
 *
 * @example
 * const pi = await LambdaFunction.deploy({ zip: "pi.zip", handler: "app.handler" });
 * const { payload, initDuration } = await pi.invoke({ digits: 5 });
 * await pi.remove();
 */
export class LambdaFunction {
  #settings;
  #directory;
  #command;
  #daemon;
  /** @type {ExecutionEnvironment | undefined} */
  #environment;

  /**
   * @param {Required<Settings>} settings
   * @param {string} directory
   * @param {import("./runtimes.mjs").RuntimeCommand} command
   * @param {XRayDaemon} daemon
   */
  constructor(settings, directory, command, daemon) {
    this.#settings = settings;
    this.#directory = directory;
    this.#command = command;
    this.#daemon = daemon;
  }

  /**
   * @param {Configuration} configuration
   * @returns {Promise<LambdaFunction>}
   */
  static async deploy({ zip, folder, ...given }) {
    /** @type {Required<Settings>} */
    const settings = {
      handler: "bootstrap",
      runtime: "nodejs24.x",
      architecture: process.arch === "arm64" ? "arm64" : "x86_64",
      memory: 128,
      timeout: 3,
      environment: {},
      limits: false,
      ...given,
    };
    const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-lambda-"));
    const taskRoot = join(directory, "task");
    if (zip !== undefined) await runOrThrow("unzip", ["-q", zip, "-d", taskRoot]);
    else if (folder !== undefined) cpSync(folder, taskRoot, { recursive: true });
    else throw new TypeError("a function needs a zip or a folder");
    await runOrThrow("chmod", ["-R", "a-w", taskRoot]);
    mkdirSync(join(directory, "tmp"));
    const command = await runtimeCommand(settings.runtime, settings.architecture, settings.memory, taskRoot);
    return new LambdaFunction(settings, directory, command, await XRayDaemon.listen());
  }

  /** Whether processor time and memory are those of an emulator. */
  get emulated() {
    return this.#command.emulated;
  }

  /** Megabytes that the runtime process holds now; nothing when there is none. */
  get memory() {
    return this.#environment?.memory;
  }

  /**
   * Calls the function. A failure of the function is a result, as for callers of Lambda.
   *
   * @param {unknown} event
   * @param {{ onChunk?: (chunk: Buffer, contentType: string) => void }} [options] that gets the parts of the response as they come
   * @returns {Promise<Result>}
   */
  async invoke(event, { onChunk } = {}) {
    // A process that ended after its last response is replaced before anybody notices.
    if (this.#environment?.alive === false) await this.shutdown();
    const cold = this.#environment === undefined;
    const { environment, error } = await this.#ready();
    const requestId = randomUUID();
    const trace = traceHeader();
    const before = environment.processorTime;
    const start = performance.now();
    const { timeout } = this.#settings;
    const deadline = Date.now() + timeout * 1000;
    const invocation = { id: requestId, event: JSON.stringify(event), deadline, trace };
    const answer =
      error === undefined
        ? await inTime(
            Promise.race([environment.api.invoke(invocation, onChunk), environment.exited.then(failed)]),
            timeout,
          )
        : failed(error);
    const duration = performance.now() - start;
    const invoke = environment.processorTime - before;
    const maxMemory = environment.maxMemory;
    const ended = answer.error !== undefined && endings.has(answer.error.errorType);
    if (ended || error !== undefined) await this.shutdown();
    const { log } = environment;
    environment.log = "";
    return {
      requestId,
      body: answer.body,
      payload: parse(answer.body),
      ...(answer.error && { error: answer.error }),
      duration,
      ...(cold && { initDuration: environment.initDuration }),
      billedDuration: Math.ceil(duration + (cold ? environment.initDuration : 0)),
      ...(maxMemory !== undefined && { maxMemory }),
      processorTime: { ...(cold && { init: environment.initProcessorTime }), invoke },
      chunks: answer.chunks,
      contentType: answer.contentType,
      segments: this.#daemon.segmentsOf(trace),
      log,
    };
  }

  /** Ends the environment, as Lambda does after a while without invocations: the next one is a cold start. */
  async shutdown() {
    await this.#environment?.stop();
    this.#environment = undefined;
  }

  /** Ends the environment and removes what was unpacked. */
  async remove() {
    await this.shutdown();
    this.#daemon.close();
    await runOrThrow("chmod", ["-R", "u+w", this.#directory]);
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #ready() {
    if (this.#environment !== undefined) return { environment: this.#environment, error: undefined };
    const { memory, limits } = this.#settings;
    const started = await ExecutionEnvironment.start({
      command: this.#command,
      env: this.#variables(),
      taskRoot: join(this.#directory, "task"),
      memory,
      limits,
    });
    this.#environment = started.environment;
    return { environment: started.environment, error: started.error };
  }

  /**
   * The variables that Lambda defines for every function.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
   * @returns {NodeJS.ProcessEnv}
   */
  #variables() {
    const { handler, runtime, memory, environment } = this.#settings;
    return {
      PATH: "/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin",
      LANG: "en_US.UTF-8",
      TZ: ":UTC",
      // Lambda's only writable folder.
      TMPDIR: join(this.#directory, "tmp"),
      NODE_PATH: "/opt/nodejs/node_modules:/var/runtime/node_modules",
      _HANDLER: handler,
      LAMBDA_TASK_ROOT: join(this.#directory, "task"),
      LAMBDA_RUNTIME_DIR: "/var/runtime",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
      AWS_LAMBDA_FUNCTION_NAME: "function",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/function",
      AWS_LAMBDA_LOG_STREAM_NAME: "local",
      AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
      AWS_XRAY_DAEMON_ADDRESS: this.#daemon.address,
      ...environment,
    };
  }
}

/** The errors after which the environment is gone. */
const endings = new Set(["Sandbox.Timedout", "Runtime.ExitError"]);

/**
 * @param {Promise<Answer>} answer
 * @param {number} seconds
 * @returns {Promise<Answer>}
 */
async function inTime(answer, seconds) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((/** @type {(answer: Answer) => void} */ resolve) => {
    const errorMessage = `Task timed out after ${seconds.toFixed(2)} seconds`;
    timer = setTimeout(() => resolve(failed({ errorType: "Sandbox.Timedout", errorMessage })), seconds * 1000);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {FunctionError} error
 * @returns {Answer}
 */
function failed(error) {
  const body = Buffer.from(JSON.stringify(error));
  return { body, chunks: [], contentType: "application/json", streamed: false, error };
}

/** @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function traceHeader() {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString("hex")};Parent=${randomBytes(8).toString("hex")};Sampled=1`;
}

/** @param {Buffer} body */
function parse(body) {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
