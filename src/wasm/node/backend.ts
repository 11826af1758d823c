import type { Addon, Algorithm, Shape } from "../../native/addon";
import { tooLarge, WasmBackend, type WasmJob } from "../backend";
import { beside } from "../beside";
import type { DigitsOptions, Engine } from "../engine";
import { availableMemory } from "./memory";
import { loadModule } from "./module";
import { processors, threadsOf } from "./threads";

/** The back end in Node.js, where modules are loaded at once and whole: an instance of its own does what takes no time. */
export class NodeWasmBackend extends WasmBackend implements Addon {
  readonly #engine: Engine;

  constructor() {
    const { module, engine } = loadModule();
    super(engine.simd(), threadsOf(module), processors());
    this.#engine = engine;
  }

  override info() {
    return { ...super.info(), ...this.#engine.limits() };
  }

  estimate(n: number, algorithm: Algorithm, _threads: number | undefined, shape: Shape): number {
    return this.#engine.estimate(n, algorithm) + beside(n, shape);
  }

  hexDigitsMerge(numbers: Float64Array, fractions: Uint8Array) {
    return this.#engine.hexDigitsMerge(numbers, fractions);
  }

  hexDigitsCombine(numbers: Float64Array, fractions: Uint8Array) {
    return this.#engine.hexDigitsCombine(numbers, fractions);
  }

  protected override availableMemory = availableMemory;

  /** No thread is started for what would be refused. */
  protected override options(job: WasmJob, n: number, algorithm: Algorithm, shape: Shape): DigitsOptions {
    // Of digits without end the module tells what each stage takes.
    const needed = n === Infinity ? beside(n, shape) : this.estimate(n, algorithm, undefined, shape);
    job.recorder.needs(needed);
    if (needed > job.allowed) throw tooLarge(needed, job.allowed);
    return super.options(job, n, algorithm, shape);
  }
}
