import { MemoryLimitError } from "./errors";
import { lambdaMemory } from "./lambda";
import { builtin } from "./modules";

/** What V8 takes for its youngest objects without asking, in bytes. A call that needs less is not worth a look at what is left. */
const SMALL = 2 ** 20;

/**
 * Refuses what needs more memory than is allowed, or than there is.
 *
 * @returns the bytes allowed
 */
export function admit(needed: number, maxMemory: number | undefined): number {
  // The look takes 40 µs, longer than a hundred digits.
  const allowed = maxMemory ?? (needed <= SMALL ? Infinity : availableMemory());
  if (needed > allowed) throw new MemoryLimitError(needed, allowed);
  return allowed;
}

/**
 * Refuses an array of numbers that V8's heap has no room for even when it is empty: V8 ends the process then, and no one can
 * catch that.
 */
export function admitArray(length: number): void {
  const needed = 8 * length;
  if (needed <= SMALL) return;
  const allowed = builtin("node:v8").getHeapStatistics().heap_size_limit;
  if (needed > allowed) throw new MemoryLimitError(needed, allowed);
}

/** The bytes that this process may still take: its limit, less what it holds. */
function availableMemory(): number {
  const { totalmem } = builtin("node:os");
  return Math.max(0, Math.min(totalmem(), controlGroupLimit(), lambdaMemory() ?? Infinity) - process.memoryUsage.rss());
}

/** The limit of the control group: 0, a huge number or nothing when there is none. Node.js before 18.15 cannot tell. */
function controlGroupLimit(): number {
  return ("constrainedMemory" in process && process.constrainedMemory()) || Infinity;
}
