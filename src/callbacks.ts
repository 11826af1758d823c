import { clearTimeout, setTimeout } from "./clock";

/** How long a call that is done waits for promises of its caller's functions, in milliseconds. */
const PATIENCE_MS = 500;

/**
 * The functions of a caller that a call tells something: what one throws, or a promise of its rejects with, fails the call. None
 * holds it up: a promise is waited for at the end of the call only, and not for long.
 */
export class Callbacks {
  readonly #fail: (reason: unknown) => void;
  readonly #pending = new Set<Promise<void>>();

  constructor(fail: (reason: unknown) => void) {
    this.#fail = fail;
  }

  /** Whether a function has not answered yet: it is then not to be told more. */
  get busy(): boolean {
    return this.#pending.size > 0;
  }

  tell<T>(callback: ((value: T) => unknown) | undefined, value: T): void {
    try {
      const answer = callback?.(value);
      if (typeof answer === "object" && answer !== null) this.#await(Promise.resolve(answer));
    } catch (reason) {
      this.#fail(reason);
    }
  }

  /** Resolves when all have answered, or soon. */
  async answered(): Promise<void> {
    if (!this.busy) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([Promise.all(this.#pending), patience]);
    clearTimeout(timer);
  }

  #await(answer: Promise<unknown>): void {
    const pending = answer.then(
      () => undefined,
      (reason: unknown) => {
        this.#fail(reason);
      },
    );
    this.#pending.add(pending);
    void pending.then(() => this.#pending.delete(pending));
  }
}
