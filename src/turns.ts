import { builtin } from "./modules";

/** How long work on the event loop may hold it at a time. */
export const SLICE_MS = 4;

/** Lets the event loop do what else is due. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => builtin("node:timers").setImmediate(resolve));
}
