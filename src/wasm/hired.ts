import type { Worker } from "node:worker_threads";

import { isError } from "../brand";
import { builtin } from "../modules";
import type { Progress } from "../native/addon";
import { failure } from "./engine";
import { workerFile } from "./files";
import type { Answer, Calls, Given, Name, WorkerData } from "./protocol";

/** A worker thread with a module of its own. It keeps the process alive while it computes, and only then. */
export class Hired {
  readonly #worker: Worker;
  #settle: ((answer: Exclude<Answer, { progress: Progress }>) => void) | undefined;
  #told: (progress: Progress) => void = () => undefined;
  /** Whether it takes no more calls. */
  ended = false;

  constructor(module: WebAssembly.Module) {
    const { Worker } = builtin("node:worker_threads");
    const workerData: WorkerData = { module };
    // The flags of the process are for its own program.
    this.#worker = new Worker(workerFile(), { workerData, execArgv: [], stdin: false });
    this.#worker.unref();
    this.#worker.on("message", (answer: Answer) => {
      if ("progress" in answer) this.#told(answer.progress);
      else this.#finish(answer);
    });
    this.#worker.on("error", (error: unknown) => {
      const refused = isError(error) && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
      this.#finish({
        failed: { message: String(error), facts: { kind: refused ? "allocation" : "panic" } },
      });
    });
    this.#worker.on("exit", () => {
      this.ended = true;
      this.#finish({ failed: { message: "the worker thread has ended", facts: { kind: "cancelled" } } });
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
      this.#worker.ref();
      this.#worker.postMessage({ name, ...args });
    });
  }

  /** Ends the thread, whatever it is at. */
  end(): void {
    this.ended = true;
    void this.#worker.terminate();
  }

  #finish(answer: Exclude<Answer, { progress: Progress }>): void {
    // A module is of no use after a trap.
    if ("failed" in answer && ["allocation", "panic"].includes(answer.failed.facts.kind)) this.end();
    this.#worker.unref();
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(answer);
  }
}
