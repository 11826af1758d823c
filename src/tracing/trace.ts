import { now } from "../clock";
import { builtin } from "../modules";
import type { Job, JobRecord, Phase } from "../native/addon";
import type { Computing } from "../wasm/backend";

/** The functions whose calls are published. */
export type CallName =
  | "estimate"
  | "generate"
  | "generateBytes"
  | "generateString"
  | "hexDigits"
  | "hexDigitsCombine"
  | "hexDigitsMerge"
  | "hexDigitsPartial"
  | "hexDigitsPlan"
  | "native"
  | "stream";

/** A part of a call. */
export interface CallPhase {
  /** That of the computation; or `"result"`: the way back to the event loop, and the array or string that is made there. */
  name: Phase | "result";
  /** When it began, in milliseconds since the call. */
  start: number;
  /** How long it took, in milliseconds. */
  duration: number;
}

/**
 * A call, as the tracing channel `compute-pi-rs` of `node:diagnostics_channel` publishes it: one object for all its events, which
 * says more as the call goes on.
 *
 * The events are those of Node.js' `TracingChannel`: `start` and `end` around the synchronous part of the call, `asyncStart` and
 * `asyncEnd` when its promise settles or its stream is closed, and `error` before these when it fails. A call at whose beginning
 * nobody listens publishes nothing.
 *
 * @example
 * ```ts
 * import { subscribe } from "node:diagnostics_channel";
 * import { generate, type CallTrace } from "compute-pi-rs";
 *
 * subscribe("tracing:compute-pi-rs:asyncEnd", (message) => {
 *   const { name, digits, phases } = message as CallTrace;
 *   console.log(name, digits, phases.map((phase) => phase.name).join(" "));
 * });
 * await generate(1000); // => generate 1000 series division conversion result
 * ```
 */
export interface CallTrace {
  /** The function that was called. */
  readonly name: CallName;
  /** The digits that it was asked for; from `end` on, where an object says so. */
  digits: number | undefined;
  /** The position of the first, for hexadecimal digits; from `end` on, where an object says so. */
  position: number | undefined;
  /** When it was called, in milliseconds since the epoch, with fractions. */
  readonly startTime: number;
  /** The back end, from `end` on; nothing where the call failed before there was one. */
  backend: "native" | "wasm" | undefined;
  /** The bytes that the call takes at its peak, an upper bound, from `end` on; nothing where it takes next to none. */
  memory: number | undefined;
  /** How long it waited for memory and for its turn, in milliseconds, from `asyncStart` on: all its time where work never began. */
  queueTime: number | undefined;
  /** Where the rest of its time went, from `asyncStart` on. */
  phases: CallPhase[];
  /** The result, from `asyncStart` on; from `end` on of functions that give no promise. */
  result?: unknown;
  /** Why the call failed, from `error` on. */
  error?: unknown;
}

/** Writes down what a call does. */
export class Trace {
  readonly call: CallTrace;
  readonly #called = now();
  #record: (() => JobRecord) | undefined;
  /** From the call to the moment that the record counts from. */
  #offset = 0;

  /** The arguments may say anything of digits and position. */
  constructor(name: CallName, digits?: unknown, position?: unknown) {
    const { performance } = builtin("node:perf_hooks");
    this.call = {
      name,
      digits: undefined,
      position: undefined,
      startTime: performance.timeOrigin + performance.now(),
      backend: undefined,
      memory: undefined,
      queueTime: undefined,
      phases: [],
    };
    this.asked(digits, position);
  }

  asked(digits: unknown, position: unknown): void {
    this.call.digits = numberIn(digits);
    this.call.position = numberIn(position);
  }

  foundBackend(backend: "native" | "wasm"): void {
    this.call.backend = backend;
  }

  /** The call has a job. */
  computes(addon: Computing, job: Job): void {
    this.#offset = this.#elapsed();
    this.#record = () => addon.record(job);
  }

  /** The synchronous part of the call is over. */
  begun(): void {
    this.call.memory = this.#record?.().memory;
  }

  /** The promise gives a result. */
  succeeded(result: unknown): void {
    this.call.result = result;
    const { ended } = this.#note();
    if (ended === undefined) return;
    const start = this.#offset + ended;
    this.call.phases.push({ name: "result", start, duration: this.#elapsed() - start });
  }

  /** The stream is over, or nobody reads on. */
  closed(): void {
    this.#note();
  }

  failed(error: unknown): void {
    this.call.error = error;
    this.#note();
  }

  #note(): Partial<JobRecord> {
    if (this.#record === undefined) return {};
    const record = this.#record();
    const end = this.#elapsed();
    const at = (time: number | undefined) => (time === undefined ? end : Math.min(this.#offset + time, end));
    this.call.memory = record.memory;
    this.call.queueTime = at(record.begun);
    this.call.phases = record.phases.map(({ phase, begun }, index, all) => {
      const start = at(begun);
      return { name: phase, start, duration: at(all[index + 1]?.begun ?? record.ended) - start };
    });
    return record;
  }

  #elapsed(): number {
    return now() - this.#called;
  }
}

function numberIn(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
