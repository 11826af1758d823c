import { isError } from "../brand";
import { backgroundTimeout, clearTimeout } from "../clock";
import type { Progress } from "../native/addon";
import { failure } from "./engine";
import { Hired } from "./hired";
import type { Calls, Given, Name } from "./protocol";
import type { Start } from "./thread";

/** How long a worker waits for the next call before it ends, in milliseconds. */
const PATIENCE = 5000;

/** A module never gives memory back: one that holds more than this many bytes is not kept. */
const KEPT = 64 * 2 ** 20;

/** A call that may not have begun yet. */
interface Waiting {
  begin: (worker: Hired) => void;
  fail: (error: Error) => void;
}

/**
 * The workers of a thread of JavaScript: as many calls run at once as are told, and the others wait, first come, first
 * served.
 */
export class Workers {
  readonly #start: Start;
  readonly #most: number;
  readonly #idle: { worker: Hired; patience: ReturnType<typeof backgroundTimeout> }[] = [];
  readonly #waiting = new Set<Waiting>();
  #busy = 0;

  /** @param most - The calls that run at once. */
  constructor(start: Start, most: number) {
    this.#start = start;
    this.#most = most;
  }

  /** Runs a call when its turn comes; `cancelled` is given what ends it. */
  run<N extends Name>(
    name: N,
    args: Calls[N][0],
    told: (progress: Progress) => void,
    cancelled: (cancel: () => void) => void,
  ): Promise<Given<Calls[N][1]>> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        begin: (worker) => {
          cancelled(() => {
            worker.end();
          });
          worker
            .ask(name, args, told)
            .then(
              (given) => {
                this.#keep(worker, given.held);
                return given;
              },
              (error: unknown) => {
                // Nobody would end it later.
                worker.end();
                throw error;
              },
            )
            .finally(() => {
              this.#busy--;
              this.#next();
            })
            .then(resolve, reject);
        },
        fail: reject,
      };
      this.#waiting.add(waiting);
      cancelled(() => {
        this.#waiting.delete(waiting);
        reject(failure("the computation was cancelled", { kind: "cancelled" }));
      });
      this.#next();
    });
  }

  /** A worker of its own, for a stream: it waits as long as the reader does, and others must not wait for that. */
  hire(): Hired {
    try {
      return new Hired(this.#start);
    } catch (error) {
      throw refusal(error);
    }
  }

  #next(): void {
    for (const waiting of this.#waiting) {
      if (this.#busy >= this.#most) return;
      this.#waiting.delete(waiting);
      try {
        const worker = this.#take();
        this.#busy++;
        waiting.begin(worker);
      } catch (error) {
        waiting.fail(refusal(error));
      }
    }
  }

  #take(): Hired {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      clearTimeout(idle.patience);
      if (!idle.worker.ended) return idle.worker;
    }
    return new Hired(this.#start);
  }

  #keep(worker: Hired, held: number): void {
    if (held > KEPT) {
      worker.end();
      return;
    }
    const patience = backgroundTimeout(() => {
      this.#idle.splice(
        this.#idle.findIndex((idle) => idle.worker === worker),
        1,
      );
      worker.end();
    }, PATIENCE);
    this.#idle.push({ worker, patience });
  }
}

/** Why there is no worker. */
function refusal(error: unknown): Error {
  const denied = isError(error) && "code" in error && error.code === "ERR_ACCESS_DENIED";
  const text = denied ? "Node.js was not permitted to: start it with --allow-worker" : String(error);
  return failure(`no worker thread for WebAssembly could be made: ${text}`, { kind: "threads" }, error);
}
