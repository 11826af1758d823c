// @ts-check
/**
 * Events in the order of their time: a binary heap.
 *
 * @template T
 */
export class Schedule {
  /** @type {{ time: number, event: T }[]} */
  #heap = [];

  /** @param {number} time @param {T} event */
  add(time, event) {
    const heap = this.#heap;
    let index = heap.push({ time, event }) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#time(parent) <= time) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  /** @returns {{ time: number, event: T } | undefined} the earliest one */
  take() {
    const heap = this.#heap;
    if (heap.length === 0) return undefined;
    this.#swap(0, heap.length - 1);
    const first = heap.pop();
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = this.#time(left + 1) < this.#time(left) ? left + 1 : left;
      if (this.#time(child) >= this.#time(index)) return first;
      this.#swap(index, child);
      index = child;
    }
  }

  /** @param {number} index */
  #time(index) {
    return this.#heap[index]?.time ?? Infinity;
  }

  /** @param {number} a @param {number} b */
  #swap(a, b) {
    const heap = this.#heap;
    [heap[a], heap[b]] = [/** @type {any} */ (heap[b]), /** @type {any} */ (heap[a])];
  }
}

/** A token bucket that starts full; an infinite one always has a token. The times of its calls never go back. */
export class Bucket {
  #time = 0;
  #tokens;

  /** @param {number} size @param {number} perSecond */
  constructor(size, perSecond) {
    this.size = size;
    this.perSecond = perSecond;
    this.#tokens = size;
  }

  /** @param {number} time @returns {boolean} whether there was a token */
  take(time) {
    this.#refill(time);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** @param {number} time @returns {number} when its turn for a token comes */
  reserve(time) {
    this.#refill(time);
    this.#tokens -= 1;
    return this.#tokens >= 0 ? time : time - this.#tokens / this.perSecond;
  }

  /** @param {number} time */
  #refill(time) {
    if (this.size === Infinity) return;
    this.#tokens = Math.min(this.size, this.#tokens + (time - this.#time) * this.perSecond);
    this.#time = time;
  }
}
