import { describe, expect, it } from "vitest";

import { generate, generateBytes, generateString, stream, type Options, type Progress } from "../../src/index";

const calls: [string, (n: number, options: Options) => Promise<unknown>][] = [
  ["generate", generate],
  ["generateString", generateString],
  ["generateBytes", generateBytes],
  ["stream", async (n, options) => stream(n, options).toArray()],
];

describe.each(calls)("onProgress of %s", (_name, call) => {
  it("is told phases in order, a growing fraction, and the end", async () => {
    const seen: Progress[] = [];
    await call(400_000, { onProgress: (progress) => seen.push(progress) });
    const phases = ["series", "division", "conversion"];
    const order = seen.map(({ phase }) => phases.indexOf(phase));
    expect(order).toEqual([...order].sort());
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
    expect(seen.at(-1)).toEqual({ phase: "conversion", fraction: 1 });
  });

  it.each([2000, 20_000, 100_000])("ends in the last phase, however short the work is (%d digits)", async (n) => {
    const seen: Progress[] = [];
    await call(n, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ phase: "conversion", fraction: 1 });
  });

  it("stops the work with what it throws", async () => {
    const thrown = new Error("not interested");
    let told = 0;
    const onProgress = () => {
      told++;
      throw thrown;
    };
    await expect(call(20_000_000, { onProgress, maxMemory: Infinity })).rejects.toBe(thrown);
    expect(told).toBe(1);
    await expect(call(5, { onProgress })).rejects.toBe(thrown);
  });

  it("stops the work with what a promise of its rejects with", async () => {
    const thrown = new Error("not interested");
    const onProgress = () => Promise.reject(thrown);
    await expect(call(20_000_000, { onProgress, maxMemory: Infinity })).rejects.toBe(thrown);
    await expect(call(5, { onProgress })).rejects.toBe(thrown);
  });

  it("passes on what it throws, even if that resembles a failure of the addon", async () => {
    const thrown = Object.assign(new Error("mine"), { kind: "engine" });
    const onProgress = () => {
      throw thrown;
    };
    await expect(call(5, { onProgress })).rejects.toBe(thrown);
  });
});
