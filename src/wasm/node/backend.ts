import { now } from "../../clock";
import type { Addon, Algorithm, Shape } from "../../native/addon";
import { tooLarge, WasmBackend, type WasmJob } from "../backend";
import { beside, mostOfEngine } from "../beside";
import type { DigitsOptions, Engine } from "../engine";
import { requireFiles } from "./files";
import { availableMemory } from "./memory";
import { loadEngine } from "./module";
import { processors, start } from "./threads";

/** The back end in Node.js, where an instance in the thread of the calls does what takes no time, once that is asked for. */
export class NodeWasmBackend extends WasmBackend implements Addon {
  #engine: Engine | undefined;

  /** @throws where the files of this back end are missing */
  constructor() {
    requireFiles();
    super(start, processors());
  }

  override info() {
    const engine = this.#here();
    return { ...super.info(), simd: engine.simd(), ...engine.limits() };
  }

  estimate(n: number, algorithm: Algorithm, _threads: number | undefined, shape: Shape): number {
    return this.#here().estimate(n, algorithm) + beside(n, shape);
  }

  hexDigitsMerge(numbers: Float64Array, fractions: Uint8Array) {
    return this.#here().hexDigitsMerge(numbers, fractions);
  }

  hexDigitsCombine(numbers: Float64Array, fractions: Uint8Array) {
    return this.#here().hexDigitsCombine(numbers, fractions);
  }

  protected override availableMemory = availableMemory;

  /** No thread is started for what would be refused. */
  protected override options(job: WasmJob, n: number, algorithm: Algorithm, shape: Shape): DigitsOptions {
    // Of digits without end the module tells what each stage takes.
    const needed = () => (n === Infinity ? beside(n, shape) : this.estimate(n, algorithm, undefined, shape));
    job.recorder.needs(needed);
    const most = n === Infinity ? 0 : mostOfEngine(n, algorithm);
    // To load a module so as to hear that a call takes less would hold the event loop for longer than all the rest.
    if (most + beside(n, shape) > job.allowed) {
      const bytes = needed();
      if (bytes > job.allowed) throw tooLarge(bytes, job.allowed);
    }
    return super.options(job, n, algorithm, shape);
  }

  #here(): Engine {
    return (this.#engine ??= loadEngine({ advanced: () => undefined, now }));
  }
}
