import { CHUNK_DIGITS } from "../limits";
import type { Algorithm, Shape } from "../native/addon";

/** The bytes that a worker thread and its module take before they compute. */
const WORKER = 6 * 2 ** 20;

/** The bytes that V8 takes for its youngest objects without asking. */
const SMALL = 2 ** 20;

/** More bytes than the engine takes for so many digits. */
export function mostOfEngine(n: number, algorithm: Algorithm): number {
  const ofDigit = { chudnovsky: 64, spigot: 512 };
  return ofDigit[algorithm] * n + 2 * 2 ** 20;
}

/** The bytes that a call takes beside what the engine does: the result on its way, and what is made of it. */
export function beside(n: number, shape: Shape): number {
  // Of digits without end a chunk is on its way.
  if (n === Infinity) return WORKER + CHUNK_DIGITS;
  const copies = { bytes: 1, string: 2, array: 9 };
  const computing = 8 * n > SMALL ? WORKER : 0;
  return computing + copies[shape] * n;
}
