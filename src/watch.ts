import { abortReason, onAbort } from "./abort";
import { Callbacks } from "./callbacks";
import { backgroundInterval, clearInterval, now } from "./clock";
import type { Job, Progress } from "./native/addon";
import type { CheckedOptions } from "./options";
import type { Computing } from "./wasm/backend";

const PROGRESS_INTERVAL_MS = 50;

/** Lets go of the signals of watches that were forgotten. */
const forgotten = new FinalizationRegistry<() => void>((letGo) => {
  letGo();
});

/** Stops a job from outside: by the signal, and by a failure of the functions that are told about it. */
export class Watch {
  readonly #addon: Computing;
  readonly #job: Job;
  readonly #options: CheckedOptions;
  readonly #failed: (reason: unknown) => void;
  readonly #callbacks = new Callbacks((reason) => {
    this.fail(reason);
  });
  #stopped = false;
  /** The end of the proof that was told last. */
  #proved: number | undefined;
  /** When the progress is to be told again. */
  #due: number | undefined;
  #timer: ReturnType<typeof backgroundInterval> | undefined;
  #letGo: (() => void) | undefined;

  /**
   * @param failed - Told once why the job was stopped.
   */
  constructor(addon: Computing, job: Job, options: CheckedOptions, failed: (reason: unknown) => void) {
    this.#addon = addon;
    this.#job = job;
    this.#options = options;
    this.#failed = failed;
    try {
      if (options.signal !== undefined) {
        const letGo = listen(new WeakRef(this), options.signal);
        forgotten.register(this, letGo, this);
        this.#letGo = letGo;
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** Tells the progress from now on. */
  begin(): void {
    const { onProgress } = this.#options;
    if (onProgress === undefined || this.#stopped) return;
    this.#due ??= now() + PROGRESS_INTERVAL_MS;
    // Chunks of a stream may come in less time than the timer waits.
    if (now() >= this.#due) this.#tell(onProgress);
    // The work itself keeps the process alive.
    this.#timer ??= backgroundInterval(() => {
      this.#tell(onProgress);
    }, PROGRESS_INTERVAL_MS);
  }

  #tell(onProgress: (progress: Progress) => unknown): void {
    this.#due = now() + PROGRESS_INTERVAL_MS;
    if (!this.#callbacks.busy) this.#callbacks.tell(onProgress, this.#addon.progress(this.#job));
  }

  /** Tells no more for now. */
  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Tells that the work is done, and how the digits were proved. */
  async finish(): Promise<void> {
    this.pause();
    this.#callbacks.tell(this.#options.onProgress, { ...this.#addon.progress(this.#job), fraction: 1 });
    if (this.#stopped) return;
    this.proved();
    await this.#callbacks.answered();
  }

  /** Tells how the digits were proved, unless that was told. */
  proved(): void {
    const { onVerified } = this.#options;
    const verification = onVerified && this.#addon.verification(this.#job);
    if (verification === undefined || verification.hexPosition === this.#proved) return;
    this.#proved = verification.hexPosition;
    this.#callbacks.tell(onVerified, verification);
  }

  /** Ends the watch. */
  stop(): void {
    this.#stopped = true;
    this.pause();
    forgotten.unregister(this);
    this.#letGo?.();
    this.#letGo = undefined;
  }

  /** Stops the job. */
  fail(reason: unknown): void {
    this.#addon.cancel(this.#job);
    this.#failed(reason);
    try {
      this.stop();
    } catch {
      // An error of a signal that is let go comes too late: the call has failed.
    }
  }
}

/**
 * Listens to a signal, which may live longer than what it could stop and must not keep it. A function of its own: a
 * closure of a method keeps what other closures of it use.
 */
function listen(watch: WeakRef<Watch>, signal: AbortSignal): () => void {
  return onAbort(signal, () => {
    watch.deref()?.fail(abortReason(signal));
  });
}
