import type { Readable } from "node:stream";

import { failureOf, openJob } from "./computation";
import { CHUNK_DIGITS } from "./limits";
import { builtin } from "./modules";
import type { DigitStream, Job } from "./native/addon";
import { checkOptions, checkStreamed, type CheckedOptions, type Options } from "./options";
import { tracedStream, type TracedStream } from "./tracing/channel";
import type { Computing } from "./wasm/backend";
import { Watch } from "./watch";

/**
 * The first `n` decimal digits of pi, the leading 3 included and without a point, as a stream of
 * ASCII chunks, first digits first.
 *
 * The work starts when the stream is first read, off the event loop. A reader that is slower than the
 * engine holds it up, not the other way round; destroying the stream stops the work and frees its
 * memory.
 *
 * `Infinity` asks for digits without end. They come in stages of twice as many digits each, which go on with the series
 * where it stopped: the first n take about twice as long as those of `stream(n)`, but the first chunk is there at once. The memory
 * grows with the digits that were read; when it runs out, the stream gives the digits that fit and fails with
 * {@link MemoryLimitError}, or with a RangeError after a thousand million digits.
 *
 * @param n - A whole number from 0 to 1,000,000,000, or `Infinity`.
 * @param options - See {@link Options}.
 * @returns A stream that fails with: {@link MemoryLimitError}; {@link NativeBinaryError}; the signal's
 *   reason; what a function of the options throws. Anything that is no error becomes the `cause` of one.
 * @throws TypeError with code `ERR_INVALID_ARG_TYPE` and RangeError with code `ERR_OUT_OF_RANGE`, as the
 *   streams of Node.js.
 *
 * @example
 * ```ts
 * import { createWriteStream } from "node:fs";
 * import { pipeline } from "node:stream/promises";
 * import { stream } from "compute-pi-rs";
 *
 * await pipeline(stream(100_000), createWriteStream("pi.txt"));
 * ```
 */
export function stream(n: number, options?: Options): Readable {
  return tracedStream(n, (tracing) => {
    checkStreamed(n);
    PiStream ??= definePiStream(builtin("node:stream").Readable);
    return new PiStream(n, checkOptions(options), tracing);
  });
}

/** An open stream of the addon, and what watches it. */
interface Source {
  addon: Computing;
  /** Held, so that the work is not cancelled. */
  job: Job;
  digits: DigitStream;
  watch: Watch;
}

let PiStream: ReturnType<typeof definePiStream> | undefined;

/** The class of the streams, defined for the first of them. */
function definePiStream(Base: typeof Readable) {
  return class PiStream extends Base {
    readonly #n: number;
    readonly #options: CheckedOptions;
    readonly #tracing: TracedStream | undefined;
    #source: Source | undefined;

    constructor(n: number, options: CheckedOptions, tracing: TracedStream | undefined) {
      super({ highWaterMark: CHUNK_DIGITS });
      this.#n = n;
      this.#options = options;
      this.#tracing = tracing;
    }

    override _construct(callback: (error?: Error | null) => void): void {
      try {
        this.#source = this.#open();
        callback();
      } catch (error) {
        callback(streamError(error));
      }
    }

    override _read(size: number): void {
      const source = this.#source;
      if (source === undefined) return;
      const { addon, digits, watch } = source;
      // In between, nothing must keep a stream that was forgotten.
      watch.begin();
      addon
        .nextChunk(digits, Math.max(size, CHUNK_DIGITS))
        .then(
          (chunk) => this.#take(chunk, source),
          (error: unknown) => {
            throw failureOf(error);
          },
        )
        .catch((error: unknown) => this.destroy(streamError(error)));
    }

    override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
      this.#source?.addon.closeStream(this.#source.digits);
      this.#source?.watch.stop();
      this.#source = undefined;
      this.#tracing?.closed(error);
      callback(error);
    }

    #open(): Source {
      const [addon, job] = openJob(this.#options, this.#tracing?.trace);
      const digits = opened(() => addon.openStream(job, this.#n, this.#options.algorithm));
      const watch = new Watch(addon, job, this.#options, (reason) => this.destroy(streamError(reason)));
      return { addon, job, digits, watch };
    }

    /** Hands on a chunk. A reader of it may throw, as the progress callback may. */
    async #take(chunk: Uint8Array, { watch }: Source): Promise<void> {
      watch.pause();
      if (this.destroyed) return;
      if (chunk.length > 0) {
        if (this.#n === Infinity) watch.proved();
        this.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      } else {
        await watch.finish();
        this.push(null);
      }
    }
  };
}

function opened(open: () => DigitStream): DigitStream {
  try {
    return open();
  } catch (error) {
    throw failureOf(error);
  }
}

/**
 * The error of a stream that fails: the reason, if it is an error. A stream takes `null`, 0 and "" for no error, and reads the stack of
 * any other, which may throw: a signal's reason and what a callback throws may be any value.
 */
function streamError(reason: unknown): Error {
  try {
    if (typeof reason === "object" && reason !== null && "stack" in reason && reason.stack !== undefined)
      return reason as Error;
  } catch {
    // It is no error that a stream could carry.
  }
  return new Error("The stream was stopped", { cause: reason });
}
