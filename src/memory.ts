import { lambdaMemory } from "./lambda";
import { builtin } from "./modules";
import type { Computing } from "./wasm/backend";

/** The bytes that V8 takes for its youngest objects without asking. An array that needs less is not worth a look at the heap. */
const SMALL = 2 ** 20;

/** The most that V8 takes for young objects by default, in bytes: it counts as heap, and no long array has room there. */
const YOUNG = 48 * 2 ** 20;

/** The bytes of arrays that calls of this thread have been promised, and have not made yet. */
let promised = 0;

/** The heap that an array takes. */
export interface ArrayHeap {
  /** The bytes that there is room for; nothing where it is not worth a look. */
  room: number | undefined;
  /** To be called once the array is made, or never will be. */
  release: () => void;
}

/**
 * The room in V8's heap for an array of numbers: V8 ends the process where there is none, and no one can catch that. What
 * the heap holds counts, and what other calls are about to fill.
 */
export function arrayHeap(length: number, addon: Computing): ArrayHeap {
  const needed = 8 * length;
  if (needed <= SMALL) return { room: undefined, release: () => undefined };
  let room = heapRoom();
  // V8 would collect garbage before it gives up; what was made while it marked what is in use outlives the first time.
  for (let times = 0; times < 2 && needed > room; times++) {
    addon.collectGarbage(builtin("node:v8").getHeapStatistics().heap_size_limit);
    room = heapRoom();
  }
  promised += needed;
  let release = () => {
    promised -= needed;
    release = () => undefined;
  };
  return {
    room,
    release: () => {
      release();
    },
  };
}

function heapRoom(): number {
  const { heap_size_limit, used_heap_size } = builtin("node:v8").getHeapStatistics();
  return Math.max(0, heap_size_limit - YOUNG - used_heap_size - promised);
}

/**
 * The bytes that the addon cannot know by itself: the memory of the Lambda function; of the machine; and of this process.
 * The addon looks for the last two on Linux. A figure that cannot be known limits nothing.
 */
export function surroundings(): [lambda: number | undefined, machine?: number, held?: number] {
  if (process.platform === "linux") return [lambdaMemory()];
  try {
    return [lambdaMemory(), builtin("node:os").totalmem(), process.memoryUsage.rss()];
  } catch {
    return [lambdaMemory()];
  }
}
