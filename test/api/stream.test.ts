import { once } from "node:events";
import { PassThrough, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { generateString, stream } from "../../src/index";

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
