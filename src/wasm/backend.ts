import type { Bytes } from "../bytes";
import { PART_VERSION } from "../hex-digits-partial";
import { MAX_DIGITS, MAX_HEX_DIGITS, MAX_HEX_JOBS, MAX_HEX_POSITION } from "../limits";
import {
  type Addon,
  type Algorithm,
  type digitStream,
  isNativeFailure,
  type job,
  type JobRecord,
  type NativeFailure,
  type Progress,
  type Shape,
  type Verification,
} from "../native/addon";
import { version } from "../version";
import { beside } from "./beside";
import { type DigitsOptions, failure } from "./engine";
import type { Hired } from "./hired";
import { fuses } from "./probe";
import type { Calls, Given, Name } from "./protocol";
import { Recorder } from "./record";
import type { Start } from "./thread";
import { Workers } from "./workers";

const ZERO = 48;

/** A computation in a worker. */
export class WasmJob {
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
export class WasmStream {
  declare readonly [digitStream]: true;
  worker: Hired | undefined;
  closed = false;

  constructor(
    readonly job: WasmJob,
    readonly options: DigitsOptions,
  ) {}
}

/** The part of the contract of the addon that computes: all but that of {@link Quick}. */
export type Computing = Omit<Addon, keyof Quick>;

/** The part of the contract of the addon that takes no time: no thread is needed for it. */
export type Quick = Pick<Addon, "estimate" | "hexDigitsMerge" | "hexDigitsCombine">;

/** The engine in WebAssembly, behind the contract of the addon. */
export class WasmBackend implements Computing {
  readonly #workers: Workers;

  /** @param most - The calls that run at once. */
  constructor(start: Start, most: number) {
    this.#workers = new Workers(start, most);
  }

  info() {
    return {
      version,
      simd: fuses() ? "wasm-relaxed" : "wasm128",
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

  createJob(
    _threads: number | undefined,
    verify: boolean,
    maxMemory: number | undefined,
    lambda: number | undefined,
  ): WasmJob {
    return new WasmJob(maxMemory ?? this.availableMemory(lambda), verify);
  }

  /** The bytes that a call may take when it is not told. */
  protected availableMemory: (lambda: number | undefined) => number = () => Infinity;

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
    const options = { ...this.options(job, n, algorithm, shape), zero: shape === "string" ? ZERO : 0 };
    return this.#run(job, "digits", options).catch((error: unknown) => {
      throw withBeside(error, beside(n, shape), job.allowed);
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

  openStream(job: WasmJob, n: number, algorithm: Algorithm): WasmStream {
    return new WasmStream(job, this.options(job, n, algorithm, "bytes"));
  }

  async nextChunk(stream: WasmStream, max: number): Promise<Bytes> {
    const { job, options } = stream;
    const told = watching(job);
    if (stream.closed) throw failure("the computation was cancelled", { kind: "cancelled" });
    try {
      if (stream.worker === undefined) {
        const worker = this.#workers.hire();
        stream.worker = worker;
        job.cancel = () => {
          worker.end();
        };
        await worker.ask("openStream", options, told);
      }
      return valueOf(job, await stream.worker.ask("nextChunk", { max }, told));
    } catch (error) {
      throw withBeside(error, beside(options.n, "bytes"), job.allowed);
    }
  }

  closeStream(stream: WasmStream): void {
    stream.closed = true;
    stream.worker?.end();
  }

  /** The options of a call for decimal digits, for a worker. The module refuses a call that takes more memory than is left. */
  protected options(job: WasmJob, n: number, algorithm: Algorithm, shape: Shape): DigitsOptions {
    return { n, algorithm, verify: job.verify, maxMemory: Math.max(0, job.allowed - beside(n, shape)) };
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
  // A worker tells of progress now and then only: the phase in which it ended may not be among that.
  const last = given.times.phases.at(-1);
  if (last !== undefined) job.progress = { ...job.progress, phase: last.phase };
  return given.value;
}

/** The call needs more memory than it may. */
export function tooLarge(needed: number, allowed: number): NativeFailure {
  const message = `the computation needs ${needed} bytes of memory, ${allowed} are allowed`;
  return failure(message, { kind: "memory", needed, allowed });
}

/** The failure of a call whose module knows only what it takes itself. */
function withBeside(error: unknown, bytes: number, allowed: number): unknown {
  if (!isNativeFailure(error) || error.kind !== "memory") return error;
  return tooLarge(error.needed + bytes, allowed);
}
