import { builtin } from "./modules";

// Taken when the package is loaded: what fakes the clock, as test runners do, replaces them later.
export const { clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers();

const { hrtime } = process;

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
