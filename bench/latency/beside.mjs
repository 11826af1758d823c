// @ts-check
/** The work of the process meanwhile: nothing, ten calls of seconds, or two sums that take days. */

/** @typedef {typeof import("../../dist/index.d.cts")} Package */
/** @typedef {{ signal: AbortSignal }} Stop */

/** @type {Record<string, (pi: Package, stop: Stop) => Promise<unknown>[]>} */
export const loads = {
  alone: () => [],
  "behind ten calls of 10^7 digits": (pi, { signal }) =>
    Array.from({ length: 10 }, () =>
      again(() => pi.generateBytes(10_000_000, { signal, maxMemory: Infinity }), signal),
    ),
  "behind two sums at position 10^13": (pi, { signal }) =>
    Array.from({ length: 2 }, () => pi.hexDigits(10_000_000_000_000, 10, { signal })),
};

/**
 * Calls again and again, so that the load stays.
 *
 * @param {() => Promise<unknown>} call
 * @param {AbortSignal} signal
 */
async function again(call, signal) {
  while (!signal.aborted) await call();
}

/**
 * The times of calls one after the other, in milliseconds, while the load runs.
 *
 * @param {Package} pi
 * @param {number} digits
 * @param {number} calls
 * @param {keyof typeof loads} load
 * @param {number} pause between two calls, in milliseconds
 */
export async function timesBeside(pi, digits, calls, load, pause) {
  const abort = new AbortController();
  const running = loads[load]?.(pi, { signal: abort.signal }) ?? [];
  const ended = Promise.allSettled(running);
  await sleep(500);
  const times = [];
  for (let call = 0; call < calls; call++) {
    const start = performance.now();
    await pi.generate(digits);
    times.push(performance.now() - start);
    await sleep(pause);
  }
  abort.abort();
  await ended;
  return times;
}

/** @param {number} milliseconds */
function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
