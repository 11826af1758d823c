import type { Bytes } from "../bytes";
import { PART_VERSION } from "../hex-digits-partial";
import { MAX_DIGITS, MAX_HEX_DIGITS, MAX_HEX_JOBS, MAX_HEX_POSITION } from "../limits";
import type { Addon, Algorithm, digitStream, job, JobRecord, Progress, Shape, Verification } from "../native/addon";
import { version } from "../version";
import { type DigitsOptions, failure } from "./engine";
import type { Hired } from "./hired";
import { availableMemory, beside } from "./memory";
import { loadModule, type Loaded } from "./module";
import type { Calls, Given, Name } from "./protocol";
import { Recorder } from "./record";
import { Workers } from "./workers";

const ZERO = 48;

/** A computation in a worker. */
class WasmJob {
  declare readonly [job]: true;
  progress: Progress = { phase: "series", fraction: 0 };
  verification: Verification | undefined;
  readonly recorder = new Recorder();
  /** Ends the computation where it is. */
  cancel: () => void = () => undefined;

  constructor(
    /** The bytes that it may take. */
    readonly allowed: number,
    readonly verify: boolean,
  ) {}
}

/** Digits that a worker of their own gives in chunks. */
class WasmStream {
  declare readonly [digitStream]: true;
  worker: Hired | undefined;
  closed = false;

  constructor(
    readonly job: WasmJob,
    readonly options: DigitsOptions,
  ) {}
}

/** The engine in WebAssembly, behind the contract of the addon. */
export class WasmBackend implements Addon {
  readonly #loaded: Loaded = loadModule();
  readonly #workers = new Workers(this.#loaded.module);

  info() {
    return {
      version,
      simd: this.#loaded.engine.simd(),
      threads: 1,
      maxDigits: MAX_DIGITS,
      maxHexPosition: MAX_HEX_POSITION,
      maxHexDigits: MAX_HEX_DIGITS,
      maxHexJobs: MAX_HEX_JOBS,
      hexPartVersion: PART_VERSION,
    };
  }

  /** Nothing of V8's interface lets JavaScript ask for that. */
  collectGarbage(): void {
    return;
  }

  estimate(n: number, algorithm: Algorithm, _threads: number | undefined, shape: Shape): number {
    return this.#loaded.engine.estimate(n, algorithm) + beside(n, shape);
  }

  createJob(
    _threads: number | undefined,
    verify: boolean,
    maxMemory: number | undefined,
    lambda: number | undefined,
  ): WasmJob {
    return new WasmJob(maxMemory ?? availableMemory(lambda), verify);
  }

  /** A job has no claim on memory: each takes what its worker does. */
  release(): void {
    return;
  }

  cancel(job: WasmJob): void {
    job.cancel();
  }

  progress(job: WasmJob): Progress {
    return job.progress;
  }

  record(job: WasmJob): JobRecord {
    return job.recorder.told();
  }

  verification(job: WasmJob): Verification | undefined {
    return job.verification;
  }

  async digits(
    job: WasmJob,
    n: number,
    algorithm: Algorithm,
    shape: Shape,
    heapRoom: number | undefined,
  ): Promise<Bytes> {
    const heap = heapRoom ?? Infinity;
    if (shape === "array" && 8 * n > heap) throw tooLarge(8 * n, heap);
    return this.#run(job, "digits", {
      ...this.#admitted(job, n, algorithm, shape),
      zero: shape === "string" ? ZERO : 0,
    });
  }

  hexDigits(job: WasmJob, position: number, count: number): Promise<string> {
    return this.#run(job, "hexDigits", { position, count });
  }

  hexDigitsPartial(job: WasmJob, position: number, count: number, from: number, to: number): Promise<string> {
    return this.#run(job, "hexDigitsPartial", { position, count, from, to });
  }

  hexDigitsPlan(job: WasmJob, position: number, count: number, jobs: number | undefined, seconds: number | undefined) {
    return this.#run(job, "hexDigitsPlan", { position, count, jobs, seconds });
  }

  hexDigitsMerge(numbers: Float64Array, fractions: Uint8Array) {
    return this.#loaded.engine.hexDigitsMerge(numbers, fractions);
  }

  hexDigitsCombine(numbers: Float64Array, fractions: Uint8Array) {
    return this.#loaded.engine.hexDigitsCombine(numbers, fractions);
  }

  openStream(job: WasmJob, n: number, algorithm: Algorithm): WasmStream {
    return new WasmStream(job, this.#admitted(job, n, algorithm, "bytes"));
  }

  async nextChunk(stream: WasmStream, max: number): Promise<Bytes> {
    const { job, options } = stream;
    const told = watching(job);
    if (stream.closed) throw failure("the computation was cancelled", { kind: "cancelled" });
    if (stream.worker === undefined) {
      const worker = this.#workers.hire();
      stream.worker = worker;
      job.cancel = () => {
        worker.end();
      };
      await worker.ask("openStream", options, told);
    }
    return valueOf(job, await stream.worker.ask("nextChunk", { max }, told));
  }

  closeStream(stream: WasmStream): void {
    stream.closed = true;
    stream.worker?.end();
  }

  /** What a worker is told of a call for decimal digits, unless that takes more memory than the job may. */
  #admitted(job: WasmJob, n: number, algorithm: Algorithm, shape: Shape): DigitsOptions {
    const needed = this.estimate(n, algorithm, undefined, shape);
    job.recorder.needs(needed);
    if (needed > job.allowed) throw tooLarge(needed, job.allowed);
    return { n, algorithm, verify: job.verify };
  }

  async #run<N extends Name>(job: WasmJob, name: N, args: Calls[N][0]): Promise<Calls[N][1]> {
    const given = await this.#workers.run(name, args, watching(job), (cancel) => {
      job.cancel = cancel;
    });
    return valueOf(job, given);
  }
}

function watching(job: WasmJob): (progress: Progress) => void {
  return (progress) => {
    job.progress = progress;
    job.recorder.isIn(progress.phase);
  };
}

function valueOf<Value>(job: WasmJob, given: Given<Value>): Value {
  job.verification = given.verification;
  job.recorder.did(given.times);
  return given.value;
}

function tooLarge(needed: number, allowed: number): Error {
  const message = `the computation needs ${needed} bytes of memory, ${allowed} are allowed`;
  return failure(message, { kind: "memory", needed, allowed });
}
