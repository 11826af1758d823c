import { builtin } from "./modules";

// Taken when the package is loaded: what fakes the clock, as test runners do, replaces them later.
export const { clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers();

const { hrtime } = process;

/** Calls again and again, without keeping the process alive. */
export function backgroundInterval(callback: () => void, milliseconds: number): ReturnType<typeof setInterval> {
  return setInterval(callback, milliseconds).unref();
}

/** Calls once, without keeping the process alive. */
export function backgroundTimeout(callback: () => void, milliseconds: number): ReturnType<typeof setTimeout> {
  return setTimeout(callback, milliseconds).unref();
}

/** Milliseconds since some moment; the global `performance` would load a module of Node.js. */
export function now(): number {
  const [seconds, nanoseconds] = hrtime();
  return 1e3 * seconds + nanoseconds / 1e6;
}

function timers() {
  try {
    return builtin("node:timers");
  } catch {
    // In a bundle that cannot load them: there is no binary either, and calls say so.
    return globalThis;
  }
}
