import { abortReason, onAbort } from "./abort";
import { clearInterval, setInterval } from "./clock";
import type { Addon, Job } from "./native/addon";
import type { CheckedOptions } from "./options";

const PROGRESS_INTERVAL_MS = 50;

/** Ends a watch. */
export type StopWatching = () => void;

/**
 * Stops a job, and calls `fail` once, when the signal aborts or the progress callback throws or rejects.
 *
 * @returns what ends the watch
 */
export function watch(
  addon: Addon,
  job: Job,
  { signal, onProgress }: Pick<CheckedOptions, "signal" | "onProgress">,
  fail: (reason: unknown) => void,
): StopWatching {
  let letGo: (() => void) | undefined;
  const stop = () => {
    clearInterval(timer);
    letGo?.();
  };
  const failWith = (reason: unknown) => {
    addon.cancel(job);
    fail(reason);
    try {
      stop();
    } catch {
      // What a signal throws when it is let go comes too late: the call has failed.
    }
  };
  const report = async () => {
    try {
      await onProgress?.(addon.progress(job));
    } catch (error) {
      failWith(error);
    }
  };
  // The work itself keeps the process alive; a stream that nobody reads must not.
  const timer = onProgress && setInterval(() => void report(), PROGRESS_INTERVAL_MS).unref();
  try {
    letGo =
      signal &&
      onAbort(signal, () => {
        failWith(abortReason(signal));
      });
  } catch (error) {
    failWith(error);
  }
  return stop;
}
