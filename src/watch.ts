import type { Addon, Job } from "./native/addon";
import type { CheckedOptions } from "./options";

const PROGRESS_INTERVAL_MS = 50;

/** Ends a watch; with `true`, after the work was done. */
export type StopWatching = () => void;

/**
 * Stops a job, and calls `fail` once, when the signal aborts or the progress callback throws.
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
    stop();
    addon.cancel(job);
    fail(reason);
  };
  const onAbort = () => {
    if (signal) failWith(abortReason(signal));
  };
  const report = () => {
    try {
      onProgress?.(addon.progress(job));
    } catch (error) {
      failWith(error);
    }
  };
  const timer = onProgress && setInterval(report, PROGRESS_INTERVAL_MS);
  signal?.addEventListener("abort", onAbort);
  return stop;
}

/** The reason of an aborted signal. Signals of polyfills may lack one. */
export function abortReason(signal: AbortSignal): unknown {
  return "reason" in signal ? signal.reason : new DOMException("This operation was aborted", "AbortError");
}
