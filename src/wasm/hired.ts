import type { Progress } from "../native/addon";
import { failure } from "./engine";
import type { Answer, Call, Calls, Given, Name } from "./protocol";
import type { Start, Thread } from "./thread";

/** A thread with a module of its own. It keeps the program alive while it computes, and only then. */
export class Hired {
  readonly #thread: Thread;
  #settle: ((answer: Exclude<Answer, { progress: Progress }>) => void) | undefined;
  #told: (progress: Progress) => void = () => undefined;
  /** Whether it takes no more calls. */
  ended = false;

  constructor(start: Start) {
    this.#thread = start({
      answered: (answer) => {
        if ("progress" in answer) this.#told(answer.progress);
        else this.#finish(answer);
      },
      ended: () => {
        this.ended = true;
        this.#finish({ failed: { message: "the worker thread has ended", facts: { kind: "cancelled" } } });
      },
    });
  }

  /** Asks for one thing; nothing else may be asked for until it is there. */
  ask<N extends Name>(name: N, args: Calls[N][0], told: (progress: Progress) => void): Promise<Given<Calls[N][1]>> {
    return new Promise((resolve, reject) => {
      this.#told = told;
      this.#settle = (answer) => {
        // Of what was asked for, the worker gives the value.
        if ("given" in answer) resolve(answer.given as Given<Calls[N][1]>);
        else reject(failure(answer.failed.message, answer.failed.facts));
      };
      this.#thread.hold(true);
      this.#thread.post({ name, ...args } as Call);
    });
  }

  /** Ends the thread, whatever it is at. */
  end(): void {
    this.ended = true;
    this.#thread.end();
  }

  #finish(answer: Exclude<Answer, { progress: Progress }>): void {
    // A module is of no use after a trap.
    if ("failed" in answer && ["allocation", "panic"].includes(answer.failed.facts.kind)) this.end();
    this.#thread.hold(false);
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(answer);
  }
}
