import type { Quick } from "../wasm/backend";
import { beside } from "../wasm/beside";
import type { Engine } from "../wasm/engine";

/**
 * The calls of an instance that take no time. Memory that a call takes beside the instance is added to its estimates.
 *
 * @param times - How much more memory the module that computes takes than the instance estimates.
 */
export function withBeside(engine: Engine, times = 1): Quick {
  return {
    estimate: (n, algorithm, _threads, shape) => times * engine.estimate(n, algorithm) + beside(n, shape),
    hexDigitsMerge: (numbers, fractions) => engine.hexDigitsMerge(numbers, fractions),
    hexDigitsCombine: (numbers, fractions) => engine.hexDigitsCombine(numbers, fractions),
  };
}
