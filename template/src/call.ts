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

/** Refuses an argument as Node.js' own functions do. */
export function check(isRight: boolean, name: string, wanted: string): void {
  if (!isRight) throw Object.assign(new TypeError(`${name} is no ${wanted}`), { code: "ERR_INVALID_ARG_TYPE" });
}

function checkOptions(options: Options): void {
  check(typeof options === "object" && options !== null, "options", "object");
  const { signal, onProgress } = options;
  check(signal === undefined || signal instanceof AbortSignal, "options.signal", "AbortSignal");
  check(onProgress === undefined || typeof onProgress === "function", "options.onProgress", "function");
}

/** Runs native work that can be cancelled and watched. */
export async function call<T>(options: Options, work: (addon: Addon, job: Job) => Promise<T>): Promise<T> {
  checkOptions(options);
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const addon = loadAddon();
  const job = addon.createJob();
  return new Promise<T>((resolve, reject) => {
    let isOver = false;
    const end = (settle: () => void) => {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      signal?.removeEventListener("abort", abort);
      settle();
    };
    const stop = (reason: unknown) =>
      end(() => {
        addon.cancel(job);
        reject(reason);
      });
    const abort = () => stop(signal?.reason);
    const report = (fraction: number) => {
      if (isOver) return;
      try {
        onProgress?.(fraction);
      } catch (error) {
        stop(error);
      }
    };
    const timer = onProgress && setInterval(() => report(addon.progress(job)), INTERVAL);
    signal?.addEventListener("abort", abort, { once: true });
    // The addon may throw before there is a promise.
    const begun = async () => work(addon, job);
    begun().then((result) => {
      report(1);
      end(() => resolve(result));
    }, stop);
  });
}
