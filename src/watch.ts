import { clearInterval, setInterval } from "node:timers";

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
  const stop = () => {
    clearInterval(timer);
    signal?.removeEventListener("abort", onAbort);
  };
  const failWith = (reason: unknown) => {
    addon.cancel(job);
    fail(reason);
    stop();
  };
  const onAbort = () => {
    if (signal) failWith(abortReason(signal));
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
    signal?.addEventListener("abort", onAbort);
  } catch (error) {
    failWith(error);
  }
  return stop;
}

/** The reason of an aborted signal. Signals of polyfills may lack one. */
export function abortReason(signal: AbortSignal): unknown {
  return "reason" in signal ? signal.reason : new DOMException("This operation was aborted", "AbortError");
}
