// @ts-check
import { giveWay } from "./turns.mjs";

const ZERO = 48;

/** Digits that come in chunks, as ASCII, and how many there are of each. */
export class Digits {
  length = 0;
  counts = new Array(10).fill(0);
  #bytes;

  /** @param {number} n how many will come */
  constructor(n) {
    this.#bytes = new Uint8Array(n);
  }

  /** @param {Uint8Array} chunk */
  add(chunk) {
    this.#bytes.set(chunk, this.length);
    this.length += chunk.length;
    for (const byte of chunk) this.counts[byte - ZERO] += 1;
  }

  /** @param {number} from @param {number} to */
  text(from, to) {
    return new TextDecoder().decode(this.#bytes.subarray(from, Math.min(to, this.length)));
  }

  /** Written as people write it: with a point. */
  file() {
    return new Blob([this.text(0, 1), ".", this.#bytes.subarray(1, this.length)], { type: "text/plain" });
  }

  /**
   * The position of a sequence of digits at or after a place, or -1. The page gets its turn while it is looked for.
   *
   * @param {string} sequence
   * @param {number} from
   */
  async find(sequence, from) {
    const wanted = Uint8Array.from(sequence, (digit) => digit.charCodeAt(0));
    const [first] = wanted;
    const end = this.length - wanted.length;
    for (let at = from; at <= end;) {
      const stop = Math.min(at + 2 ** 18, end + 1);
      for (; at < stop; at++) {
        if (this.#bytes[at] === first && wanted.every((digit, index) => this.#bytes[at + index] === digit)) return at;
      }
      await giveWay();
    }
    return -1;
  }
}
