import type { Addon, Job } from "./native";
import { loadAddon } from "./native";

/** The options of every call. */
export interface Options {
  /** Stops the work. The promise rejects at once, with the signal's reason. */
  signal?: AbortSignal;
  /** Is told the share that is done, from 0 to 1: every 50 ms, and 1 at the end. */
  onProgress?: (fraction: number) => void;
}

/** Milliseconds between two reports of progress. */
const INTERVAL = 50;

/** Runs native work that can be cancelled and watched. */
export function call<T>(options: Options, work: (addon: Addon, job: Job) => Promise<T>): Promise<T> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const addon = loadAddon();
  const job = addon.createJob();
  return new Promise<T>((resolve, reject) => {
    const stop = (reason: unknown) => {
      addon.cancel(job);
      finish();
      reject(reason);
    };
    const abort = () => stop(signal?.reason);
    const report = (fraction: number) => {
      try {
        onProgress?.(fraction);
      } catch (error) {
        stop(error);
      }
    };
    const timer = onProgress && setInterval(() => report(addon.progress(job)), INTERVAL);
    const finish = () => {
      clearInterval(timer);
      signal?.removeEventListener("abort", abort);
    };
    signal?.addEventListener("abort", abort, { once: true });
    work(addon, job).then((result) => {
      finish();
      report(1);
      resolve(result);
    }, stop);
  });
}
