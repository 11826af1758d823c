import { failureOf, openJob } from "../computation";
import { CHUNK_DIGITS } from "../limits";
import type { DigitStream } from "../native/addon";
import { checkOptions, checkStreamed, type Options } from "../options";
import { Watch } from "../watch";
import type { Bytes } from "../bytes";

/**
 * The first `n` decimal digits of pi, the leading 3 included and without a point, as a stream of ASCII chunks, first digits
 * first: a `ReadableStream` of the Web, which a `Response` takes as its body.
 *
 * The work starts when the stream is first read, in a worker. A reader that is slower than the engine holds it up, not the other
 * way round; cancelling the stream ends the work and frees its memory.
 *
 * `Infinity` asks for digits without end. They come in stages of twice as many digits each, which go on with the series
 * where it stopped: the first n take about twice as long as those of `stream(n)`, but the first chunk is there at once. The memory
 * grows with the digits that were read; when it runs out, the stream gives the digits that fit and fails with
 * {@link MemoryLimitError}.
 *
 * @param n - A whole number from 0 to 1,000,000,000, or `Infinity`.
 * @param options - See {@link Options}.
 * @returns A stream that fails with: {@link MemoryLimitError}; the signal's reason; what a function of the options throws.
 * @throws TypeError with code `ERR_INVALID_ARG_TYPE` and RangeError with code `ERR_OUT_OF_RANGE`.
 *
 * @example
 * ```html
 * <pre></pre>
 * <script type="module">
 *   import { stream } from "./node_modules/compute-pi-rs/dist/web/compute-pi.js";
 *
 *   for await (const text of stream(100_000).pipeThrough(new TextDecoderStream())) document.querySelector("pre").append(text);
 * </script>
 * ```
 */
export function stream(n: number, options?: Options): ReadableStream<Bytes> {
  checkStreamed(n);
  const checked = checkOptions(options);
  let source: { read: () => Promise<Bytes | undefined>; close: () => void } | undefined;
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        source ??= open((reason) => {
          controller.error(reason);
        });
        const chunk = await source.read();
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
      cancel() {
        source?.close();
      },
    },
    // Nothing is computed for nobody.
    { highWaterMark: 0 },
  );

  function open(fail: (reason: unknown) => void) {
    const [addon, job] = openJob(checked, undefined);
    let digits: DigitStream;
    try {
      digits = addon.openStream(job, n, checked.algorithm);
    } catch (error) {
      throw failureOf(error);
    }
    const close = () => {
      addon.closeStream(digits);
      watch.stop();
    };
    const watch = new Watch(addon, job, checked, (reason) => {
      fail(reason);
      addon.closeStream(digits);
    });
    const read = async () => {
      watch.begin();
      try {
        const chunk = await addon.nextChunk(digits, CHUNK_DIGITS);
        watch.pause();
        if (n === Infinity) watch.proved();
        if (chunk.length > 0) return chunk;
        await watch.finish();
        close();
        return undefined;
      } catch (error) {
        close();
        throw failureOf(error);
      }
    };
    return { read, close };
  }
}
