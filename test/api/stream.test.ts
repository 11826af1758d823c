import { once } from "node:events";
import { PassThrough, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { generateString, MemoryLimitError, stream, type Verification } from "../../src/index";

describe("stream", () => {
  it("gives Buffers of ASCII digits, or text when asked", async () => {
    const [chunk] = (await once(stream(10), "data")) as [Buffer];
    expect(Buffer.isBuffer(chunk)).toBe(true);
    expect(chunk.toString()).toBe("3141592653");
    const [text] = (await once(stream(10).setEncoding("latin1"), "data")) as [string];
    expect(text).toBe("3141592653");
  });

  it("waits for a slow reader", async () => {
    const source = stream(1_000_000, { maxMemory: Infinity });
    await once(source, "readable");
    await sleep(50);
    expect(source.readableLength).toBeLessThanOrEqual(2 * source.readableHighWaterMark);
    source.destroy();
  });

  it("arrives whole through a slow pipeline", async () => {
    let text = "";
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, callback) {
        text += chunk.toString("latin1");
        setTimeout(callback, 1);
      },
    });
    await pipeline(stream(300_000), new PassThrough(), slow);
    expect(text).toBe(await generateString(300_000));
  });

  it("stops when its reader leaves", async () => {
    const source = stream(1_000_000);
    for await (const chunk of source) {
      expect(String(chunk).slice(0, 5)).toBe("31415");
      break;
    }
    expect(source.destroyed).toBe(true);
  });

  it("ends without an error when it is destroyed in the middle of the work", async () => {
    const source = stream(20_000_000, { maxMemory: Infinity });
    source.resume();
    await sleep(50);
    const closed = once(source, "close");
    source.destroy();
    await closed;
    expect(source.errored).toBeNull();
  });

  it("does no work before it is read", async () => {
    let told = 0;
    const source = stream(100_000, { onProgress: () => told++ });
    await sleep(20);
    expect(source.readableLength).toBe(0);
    expect(told).toBe(0);
    source.destroy();
  });

  it("tells its progress also where chunks come quickly", async () => {
    const fractions: number[] = [];
    // The first of many chunks take less than a millisecond each.
    const source = stream(9000, { algorithm: "spigot", onProgress: ({ fraction }) => fractions.push(fraction) });
    await source.resume().toArray();
    expect(fractions.length).toBeGreaterThan(3);
    expect(fractions[0]).toBeLessThan(0.5);
    expect(fractions.at(-1)).toBe(1);
  });

  it("fails with what a reader of its chunks throws", async () => {
    const source = stream(100_000).on("data", () => {
      throw new Error("unreadable");
    });
    const [error] = (await once(source, "error")) as [Error];
    expect(error.message).toBe("unreadable");
    expect(source.destroyed).toBe(true);
  });

  it("does not keep the process alive when nobody reads it", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    await sleep(1);
    const before = timers();
    const source = stream(10, { onProgress: () => undefined });
    await sleep(1);
    expect(timers()).toBeLessThanOrEqual(before);
    source.destroy();
  });

  it.each([0, "", false, null])("fails, and does not hang, when the reason is %j", async (reason) => {
    const source = stream(10, { signal: AbortSignal.abort(reason) });
    await expect(source.toArray()).rejects.toMatchObject({ message: "The stream was stopped", cause: reason });
  });

  it("turns a reason that is nothing into an error", async () => {
    const controller = new AbortController();
    const source = stream(20_000_000, { signal: controller.signal, maxMemory: Infinity });
    const end = source.toArray();
    setTimeout(() => {
      controller.abort(null);
    }, 20);
    await expect(end).rejects.toThrow("stopped");
  });
});

/** The digits of a stream, as far as they are wanted. */
async function firstOf(source: AsyncIterable<unknown>, count: number): Promise<string> {
  let text = "";
  for await (const chunk of source) {
    text += String(chunk);
    if (text.length >= count) break;
  }
  return text.slice(0, count);
}

describe("a stream without end", () => {
  it("gives the same digits as one that ends", async () => {
    expect(await firstOf(stream(Infinity), 300_000)).toBe(await generateString(300_000));
  });

  it("gives its first chunk long before a million digits", async () => {
    const source = stream(Infinity);
    const [chunk] = (await once(source, "data")) as [Buffer];
    expect(chunk.length).toBeLessThan(10_000);
    source.destroy();
  });

  it("gives the spigot's digits, too", async () => {
    expect(await firstOf(stream(Infinity, { algorithm: "spigot" }), 1000)).toBe(await generateString(1000));
  });

  it("computes no further than it is read", async () => {
    const source = stream(Infinity);
    await once(source, "readable");
    await sleep(50);
    expect(source.readableLength).toBeLessThanOrEqual(2 * source.readableHighWaterMark);
    source.destroy();
  });

  it("fails with a typed error after the digits that fit into its memory", async () => {
    let text = "";
    const read = (async () => {
      for await (const chunk of stream(Infinity, { maxMemory: 14_000_000 })) text += String(chunk);
    })();
    const error: unknown = await read.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(MemoryLimitError);
    expect(error).toMatchObject({ code: "ERR_COMPUTE_PI_MEMORY", allowed: 14_000_000 });
    expect((error as MemoryLimitError).needed).toBeGreaterThan(14_000_000);
    expect(text.length).toBeGreaterThan(250_000);
    expect(text).toBe(await generateString(text.length));
  });

  it("stops with the signal's reason", async () => {
    const controller = new AbortController();
    const source = stream(Infinity, { signal: controller.signal });
    const read = firstOf(source, Infinity);
    setTimeout(() => {
      controller.abort(new Error("enough"));
    }, 60);
    await expect(read).rejects.toThrow("enough");
    expect(source.destroyed).toBe(true);
  });

  it("proves the digits of each stage, and tells how", async () => {
    const proofs: Verification[] = [];
    const source = stream(Infinity, { verify: true, onVerified: (proof) => proofs.push(proof) });
    expect(await firstOf(source, 100_000)).toBe(await generateString(100_000));
    const positions = proofs.map(({ hexPosition }) => hexPosition);
    expect(positions.length).toBeGreaterThan(3);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(new Set(positions).size).toBe(positions.length);
  });

  it.each([NaN, -Infinity])("is not what %d asks for", (n) => {
    expect(() => stream(n)).toThrow(/whole number from 0 to 1000000000, or Infinity/);
  });
});
