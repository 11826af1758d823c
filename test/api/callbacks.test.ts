import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { generate, generateBytes, generateString, stream, type Options } from "../../src/index";

// Each function of the options behaves in the same way.

const calls: [string, (options: Options) => Promise<unknown>][] = [
  ["generate", (options) => generate(100, options)],
  ["generateBytes", (options) => generateBytes(100, options)],
  ["generateString", (options) => generateString(100, options)],
  ["stream", (options) => stream(100, options).toArray()],
];

const cases = calls.flatMap(([name, call]) =>
  (["onProgress", "onVerified"] as const).map(
    (option) => [option, name, (callback: () => unknown) => call({ verify: true, [option]: callback })] as const,
  ),
);

const unhandled = vi.fn();

beforeEach(() => {
  unhandled.mockReset();
  process.on("unhandledRejection", unhandled);
});

afterEach(() => {
  process.off("unhandledRejection", unhandled);
});

describe.each(cases)("%s of %s", (_option, _name, call) => {
  const reason = new Error("mine");

  it("fails the call with what it throws", async () => {
    await expect(
      call(() => {
        throw reason;
      }),
    ).rejects.toBe(reason);
  });

  it.each([
    ["at once", () => Promise.reject(reason)],
    [
      "later",
      async () => {
        await sleep(30);
        throw reason;
      },
    ],
    [
      "as a thenable",
      () => ({
        then: (_resolve: unknown, reject: (reason: unknown) => void) => {
          reject(reason);
        },
      }),
    ],
  ])("fails the call with what a promise of its rejects with: %s", async (_when, callback) => {
    await expect(call(callback)).rejects.toBe(reason);
    await sleep(10);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it("does not hold up the call, and what fails later is nobody's", async () => {
    const start = performance.now();
    const late: ((reason: unknown) => void)[] = [];
    await call(() => new Promise((_resolve, reject) => late.push(reject)));
    expect(performance.now() - start).toBeLessThan(5000);
    for (const reject of late) reject(reason);
    await sleep(10);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

it("progress is not told while a promise of the last time is pending, but for the end", async () => {
  const onProgress = vi.fn(() => sleep(60_000, undefined, { ref: false }));
  await generateBytes(3_000_000, { onProgress, threads: 1, maxMemory: Infinity });
  expect(onProgress).toHaveBeenCalledTimes(2);
});

describe("a stream that was forgotten", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;

  async function isCollected(make: (options: Options) => ReturnType<typeof stream>): Promise<boolean> {
    const onProgress = vi.fn();
    const { signal } = new AbortController();
    const held = new WeakRef(make({ onProgress, signal }));
    for (let round = 0; round < 100 && held.deref() !== undefined; round++) {
      await sleep(20);
      collect();
    }
    expect(signal.aborted).toBe(false);
    const told = onProgress.mock.calls.length;
    await sleep(120);
    expect(onProgress).toHaveBeenCalledTimes(told);
    return held.deref() === undefined;
  }

  it("unread, is collected, though its signal lives on, and tells nothing", async () => {
    expect(await isCollected((options) => stream(100_000, options))).toBe(true);
  });

  it("half read, too", async () => {
    const half = (options: Options) => {
      const digits = stream(300_000, options);
      digits.once("readable", () => void digits.read(10));
      return digits;
    };
    expect(await isCollected(half)).toBe(true);
  });
});
