import { builtin } from "../../modules";

/** The bytes that this process may still take, as far as it can know. A limit that it has passed already is not in force. */
export function availableMemory(lambda: number | undefined): number {
  try {
    const held = process.memoryUsage.rss();
    const group = "constrainedMemory" in process ? process.constrainedMemory() || Infinity : Infinity;
    const limits = [builtin("node:os").totalmem(), group, lambda ?? Infinity];
    return Math.min(...limits.filter((limit) => limit > held)) - held;
  } catch {
    return Infinity;
  }
}
