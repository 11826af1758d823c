import type { Bytes } from "../bytes";
import type {
  Algorithm,
  NativeFacts,
  NativeFailure,
  NativeHexPartsProblem,
  Phase,
  Progress,
  Verification,
} from "../native/addon";

/**
 * The exports of a module: `crate/wasm/src/lib.rs`. Calls that give a number of a {@link kinds | kind} leave a reply
 * in the module's memory. Nothing else in `src` knows it.
 */
interface Exports {
  memory: WebAssembly.Memory;
  start: () => number;
  simd: () => number;
  limits: () => number;
  estimate: (n: number, spigot: number) => number;
  refused: () => number;
  input: (length: number) => number;
  reply: () => number;
  reply_length: () => number;
  reply_number: (index: number) => number;
  digits: (n: number, spigot: number, zero: number, maxMemory: number, verify: number) => number;
  open_stream: (n: number, spigot: number, maxMemory: number, verify: number) => number;
  next_chunk: (max: number) => number;
  hex_digits: (position: number, count: number) => number;
  hex_digits_partial: (position: number, count: number, from: number, to: number) => number;
  hex_digits_plan: (position: number, count: number, jobs: number, seconds: number) => number;
  hex_digits_merge: (parts: number) => number;
  hex_digits_combine: (parts: number) => number;
}

/** By the numbers that `crate/wasm/src/failure.rs` gives. */
const kinds = [undefined, "cancelled", "memory", "allocation", "range", "verification", "engine", "parts"] as const;
const problems = ["empty", "malformed", "mixed", "disagree", "overlap", "gap"] as const;
const phases = ["series", "division", "conversion", "verification"] as const satisfies Phase[];

/** The imports of a module. */
export interface Host {
  /** Called many times a second. */
  advanced: (progress: Progress) => void;
  /** Milliseconds since some moment. */
  now: () => number;
}

/** Limits and choices of a call for decimal digits. */
export interface DigitsOptions {
  /** Infinite only for a stream. */
  n: number;
  algorithm: Algorithm;
  verify: boolean;
  /** The bytes that the engine may take; the module can hold no more than 4 GiB anyway. */
  maxMemory: number;
}

/** The most that the memory of a module can hold. */
const MEMORY_LIMIT = 2 ** 32 - 2 ** 16;

/** One instance of a module, which computes one thing at a time. After a failure of kind `panic` it is of no use. */
export class Engine {
  readonly #exports: Exports;

  constructor(module: WebAssembly.Module, { advanced, now }: Host) {
    const host = {
      advanced: (phase: number, fraction: number) => {
        advanced({ phase: phases[phase] ?? "series", fraction });
      },
      now,
    };
    const { exports } = new WebAssembly.Instance(module, { host });
    if (!isEngine(exports)) throw new Error("it is not the module of compute-pi-rs");
    this.#exports = exports;
  }

  /** To be called first: whether the module computes rightly here. Modules of relaxed SIMD need an engine that fuses. */
  start(): boolean {
    return this.#exports.start() === 1;
  }

  /** The level of the kernels. */
  simd(): string {
    this.#call((exports) => exports.simd());
    return this.#text();
  }

  /** The limits, and the version of parts, that the module was compiled with. */
  limits() {
    this.#call((exports) => exports.limits());
    const [maxDigits = 0, maxHexPosition = 0, maxHexDigits = 0, maxHexJobs = 0, hexPartVersion = 0] = new Float64Array(
      this.#bytes().buffer,
    );
    return { maxDigits, maxHexPosition, maxHexDigits, maxHexJobs, hexPartVersion };
  }

  estimate(n: number, algorithm: Algorithm): number {
    return this.#exports.estimate(n, spigot(algorithm));
  }

  /** The bytes that the module's memory has grown to. */
  held(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  digits({ n, algorithm, verify, maxMemory }: DigitsOptions, zero: number): Bytes {
    this.#call((exports) => exports.digits(n, spigot(algorithm), zero, bounded(maxMemory), Number(verify)));
    return this.#bytes();
  }

  openStream({ n, algorithm, verify, maxMemory }: DigitsOptions): void {
    this.#call((exports) => exports.open_stream(n, spigot(algorithm), bounded(maxMemory), Number(verify)));
  }

  nextChunk(max: number): Bytes {
    this.#call((exports) => exports.next_chunk(max));
    return this.#bytes();
  }

  /** How the digits of the last reply were proved, if they were the last ones. */
  verification(): Verification | undefined {
    const [hexPosition, hexDigits] = this.#numbers();
    return hexDigits > 0 ? { hexPosition, hexDigits } : undefined;
  }

  hexDigits(position: number, count: number): string {
    this.#call((exports) => exports.hex_digits(position, count));
    return this.#text();
  }

  hexDigitsPartial(position: number, count: number, from: number, to: number): string {
    this.#call((exports) => exports.hex_digits_partial(position, count, from, to));
    return this.#text();
  }

  hexDigitsPlan(position: number, count: number, jobs: number | undefined, seconds: number | undefined) {
    this.#call((exports) => exports.hex_digits_plan(position, count, jobs ?? 0, seconds ?? 0));
    const [terms, time] = this.#numbers();
    return { terms, seconds: time, borders: new Float64Array(this.#bytes().buffer) };
  }

  hexDigitsMerge(numbers: Float64Array, fractions: Uint8Array) {
    const parts = this.#write(numbers, fractions);
    this.#call((exports) => exports.hex_digits_merge(parts));
    const [from, to] = this.#numbers();
    return { from, to, fraction: this.#text() };
  }

  hexDigitsCombine(numbers: Float64Array, fractions: Uint8Array) {
    const parts = this.#write(numbers, fractions);
    this.#call((exports) => exports.hex_digits_combine(parts));
    const [length, errorUnits] = this.#numbers();
    const text = this.#text();
    return { fraction: text.slice(0, text.length - length), errorUnits, digits: text.slice(text.length - length) };
  }

  /** Throws a {@link NativeFailure} where a call fails or ends in a trap. */
  #call(call: (exports: Exports) => number): void {
    let kind: (typeof kinds)[number];
    try {
      kind = kinds[call(this.#exports)];
    } catch (trap) {
      const text = this.#text();
      throw this.#exports.refused() === 1
        ? failure("the system refused memory for the WebAssembly module", { kind: "allocation" }, trap)
        : failure(`the computation panicked: ${text || String(trap)}`, { kind: "panic" }, trap);
    }
    if (kind === undefined) return;
    const [a, b, c] = this.#numbers();
    switch (kind) {
      case "memory":
        throw failure(this.#text(), { kind, needed: a, allowed: b });
      case "parts": {
        const problem: NativeHexPartsProblem = problems[a] ?? "empty";
        throw failure(this.#text(), problem === "empty" ? { kind, problem } : { kind, problem, from: b, to: c });
      }
      default:
        throw failure(this.#text(), { kind });
    }
  }

  #numbers(): [number, number, number] {
    const { reply_number: at } = this.#exports;
    return [at(0), at(1), at(2)];
  }

  /** A copy: the module's memory is its own. */
  #bytes(): Bytes {
    const { memory, reply, reply_length } = this.#exports;
    return new Uint8Array(memory.buffer, reply(), reply_length()).slice();
  }

  #text(): string {
    return new TextDecoder().decode(this.#bytes());
  }

  /** Writes parts as the module reads them, and tells how many there are. */
  #write(numbers: Float64Array, fractions: Uint8Array): number {
    const at = this.#exports.input(numbers.byteLength + fractions.byteLength);
    const input = new Uint8Array(this.#exports.memory.buffer, at, numbers.byteLength + fractions.byteLength);
    input.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    input.set(fractions, numbers.byteLength);
    return numbers.length / 4;
  }
}

/** What makes instances of a module, ready to compute. */
export function startedOf(module: WebAssembly.Module): (host: Host) => Engine {
  return (host) => {
    const engine = new Engine(module, host);
    engine.start();
    return engine;
  };
}

/** The one place where what a module exports is taken for what its contract says. */
function isEngine(exports: object): exports is Exports {
  return "memory" in exports && "start" in exports && "reply_number" in exports;
}

function bounded(maxMemory: number): number {
  return Math.min(maxMemory, MEMORY_LIMIT);
}

function spigot(algorithm: Algorithm): number {
  return Number(algorithm === "spigot");
}

/** An error that keeps what it says beside its message. */
class Failure extends Error {
  constructor(
    message: string,
    readonly facts: NativeFacts,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** An error as the addon makes them. */
export function failure(message: string, facts: NativeFacts, cause?: unknown): NativeFailure {
  return Object.assign(new Failure(message, facts, cause), facts);
}

/** The facts of an error beside its message: structured cloning leaves it behind. */
export function factsOf(error: unknown): NativeFacts {
  return error instanceof Failure ? error.facts : { kind: "panic" };
}
