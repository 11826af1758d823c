import { estimate, MemoryLimitError, type Algorithm } from "../index";
import { grouped, readableBytes } from "./numbers";

/** The choices that decide how much memory the digits take. */
interface Computation {
  algorithm: Algorithm;
  threads?: number | undefined;
}

/** Of what a process may use now, what the next one will find, too: how much a process holds varies. */
const MARGIN = 0.95;

/** Runs work for `n` digits; where memory does not suffice for them, the error says what would fit. */
export async function withMemoryAdvice<T>(n: number, computation: Computation, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MemoryLimitError)) throw error;
    throw new Error(describe(n, computation, error), { cause: error });
  }
}

function describe(n: number, { algorithm, threads }: Computation, { needed, allowed }: MemoryLimitError): string {
  if (n === Infinity) {
    return `the next digits need ${readableBytes(needed)} of memory, and this process may use ${readableBytes(allowed)}`;
  }
  const fits = (digits: number, onThreads: number | undefined, room = allowed) =>
    estimate(digits, { algorithm, threads: onThreads }).memory <= room;
  const short =
    `${grouped(n)} digits need ${readableBytes(needed)} of memory, ` +
    `and this process may use ${readableBytes(allowed)} more`;
  if (threads !== 1 && fits(n, 1)) return `${short}. With --threads 1 they fit`;
  const largest = rounded(largestThat((digits) => fits(digits, threads, MARGIN * allowed), n));
  return `${short}. ${grouped(largest)} digits would fit; for more, take a machine or a container with more memory`;
}

/** The largest number below `limit` that holds, where all smaller ones do too. */
function largestThat(holds: (value: number) => boolean, limit: number): number {
  let [good, bad] = [0, limit];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** Down to two figures, as people say such numbers. */
function rounded(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))) - 1);
  return Math.floor(value / unit) * unit;
}
