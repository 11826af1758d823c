import { abortReason } from "./abort";
import {
  allocationFailed,
  HexPartsError,
  internalError,
  MemoryLimitError,
  ThreadsError,
  VerificationError,
} from "./errors";
import { surroundings } from "./memory";
import { isNativeFailure, type Job } from "./native/addon";
import { loadBackend } from "./backend";
import type { CheckedOptions } from "./options";
import type { Trace } from "./tracing/trace";
import type { Computing } from "./wasm/backend";
import { Watch } from "./watch";

/** The means of the work of a call. */
export interface Computation {
  addon: Computing;
  job: Job;
  /** Throws when the call has failed meanwhile, so that work on the event loop ends too. */
  check: () => void;
}

/** Opens a job, unless the signal is aborted already. */
export function openJob(options: CheckedOptions, trace: Trace | undefined): [Computing, Job] {
  const { signal, threads, maxMemory, verify } = options;
  if (signal?.aborted) throw abortReason(signal);
  const { addon, name } = loadBackend();
  const [lambda, machine, held] = surroundings();
  const job = addon.createJob(threads, verify, maxMemory, lambda, machine, held);
  trace?.foundBackend(name);
  trace?.computes(addon, job);
  return [addon, job];
}

/**
 * Runs the work of one call. The promise settles as soon as the signal aborts or a function of the caller's fails; the work is
 * told to stop and ends soon after.
 */
export function compute<T>(
  options: CheckedOptions,
  trace: Trace | undefined,
  work: (computation: Computation) => Promise<T>,
): Promise<T> {
  const [addon, job] = openJob(options, trace);
  return new Promise((resolve, reject) => {
    let failed = false;
    const watch = new Watch(addon, job, options, (reason) => {
      failed = true;
      // A signal's reason may be any value.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(reason);
    });
    watch.begin();
    const check = () => {
      if (failed) throw new Error("the call has failed");
    };
    work({ addon, job, check })
      .then(
        async (result) => {
          check();
          await watch.finish();
          return result;
        },
        (error: unknown) => {
          throw failureOf(error);
        },
      )
      .finally(() => {
        addon.release(job);
        watch.stop();
      })
      .then(resolve, reject);
  });
}

/** The public error for a failure of the addon; anything else as it is. */
export function failureOf(error: unknown): Error {
  if (!isNativeFailure(error)) return error as Error;
  switch (error.kind) {
    case "allocation":
      return allocationFailed(error);
    case "memory":
      return new MemoryLimitError(error.needed, error.allowed);
    case "range":
      return Object.assign(new RangeError(error.message), { code: "ERR_OUT_OF_RANGE" });
    case "parts":
      return new HexPartsError(error.problem, error.message, error.from, error.to);
    case "threads":
      return new ThreadsError(error.message, error);
    case "verification":
      return new VerificationError(error.message, error);
    default:
      return internalError(error);
  }
}
