import { now } from "../clock";
import type { JobRecord, Phase } from "../native/addon";
import type { Times } from "./protocol";

/** The history of a job, as its worker tells it: of a call that gives nothing, only the part that it told while it ran. */
export class Recorder {
  readonly #made = now();
  #memory: () => number | undefined = () => undefined;
  #begun: number | undefined;
  #ended: number | undefined;
  /** Of the calls that have ended, and of the one that runs. */
  readonly #entered: Times["phases"] = [];
  #seen: Times["phases"] = [];

  /** Of most calls nobody asks that. */
  needs(memory: () => number): void {
    this.#memory = memory;
  }

  /** A worker is in a phase. */
  isIn(phase: Phase): void {
    this.#begun ??= now();
    if (this.#last(this.#seen) !== phase) this.#seen.push({ phase, begun: now() });
  }

  /** A call of the job has ended; a stream has several. */
  did({ begun, ended, phases }: Times): void {
    if (this.#entered.length === 0) this.#begun = begun;
    this.#ended = ended;
    this.#seen = [];
    for (const entry of phases) if (this.#last([]) !== entry.phase) this.#entered.push(entry);
  }

  told(): JobRecord {
    const since = (time: number | undefined) => (time === undefined ? undefined : time - this.#made);
    return {
      memory: this.#memory(),
      begun: since(this.#begun),
      ended: since(this.#ended),
      phases: [...this.#entered, ...this.#seen].map(({ phase, begun }) => ({ phase, begun: begun - this.#made })),
    };
  }

  #last(seen: Times["phases"]): Phase | undefined {
    return (seen.at(-1) ?? this.#entered.at(-1))?.phase;
  }
}
