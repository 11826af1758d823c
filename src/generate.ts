import { compute, type Computation } from './computation';
import { MAX_ARRAY_DIGITS, peakMemory } from './limits';
import { checkOptions, checkWhole, type Options } from './options';

/** How long the event loop is held at a time. */
const SLICE_MS = 4;

/** Digits between two looks at the clock. */
const SLICE_DIGITS = 16_384;

export async function generate(n: number, options?: Options): Promise<number[]> {
  checkWhole('n', n, 0, MAX_ARRAY_DIGITS);
  const checked = checkOptions(options);
  return compute(
    checked,
    (addon) => peakMemory('array', n, checked, addon),
    async (computation) => {
      const { addon, job } = computation;
      return toArray(await addon.digits(job, n, checked.algorithm), computation);
    },
  );
}

/**
 * The digits as an array, which costs a tenth of `Array.from`.
 *
 * The event loop gets its turn every few milliseconds. Only the allocation of the array's 8 bytes a
 * digit is one step, which V8 offers no way to divide.
 */
async function toArray(bytes: Uint8Array, { check }: Computation): Promise<number[]> {
  const array = new Array<number>(bytes.length);
  let start = performance.now();
  for (let i = 0; i < bytes.length; i++) {
    array[i] = bytes[i] as number;
    if (i % SLICE_DIGITS === SLICE_DIGITS - 1 && performance.now() - start > SLICE_MS) {
      await nextTurn();
      check();
      start = performance.now();
    }
  }
  return array;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
