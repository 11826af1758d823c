import { now, setImmediate } from "./clock";

/** How long work on the event loop may hold it at a time, in milliseconds. */
const SLICE_MS = 4;

/** The turns of a piece of work on the event loop. */
export class Turns {
  #start = now();

  /** Lets the event loop do what else is due, when this turn has lasted long enough; whether it did. */
  async giveWay(): Promise<boolean> {
    if (now() - this.#start <= SLICE_MS) return false;
    await new Promise((resolve) => setImmediate(resolve));
    this.#start = now();
    return true;
  }
}
