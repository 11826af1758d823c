import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it, vi } from "vitest";

import { generate, generateBytes, generateString, stream, type Options } from "../../src/index";

/** More digits than any machine computes in the time of a test. */
const LONG = { n: 20_000_000, maxMemory: Infinity };

const calls: [string, (n: number, options: Options) => Promise<unknown>][] = [
  ["generate", generate],
  ["generateString", generateString],
  ["generateBytes", generateBytes],
  ["stream", async (n, options) => stream(n, options).toArray()],
];

describe.each(calls)("%s", (_name, call) => {
  it("rejects with the reason of a signal that is aborted already", async () => {
    const reason = new Error("too late");
    await expect(call(5, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(call(5, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    if (call !== calls[3]?.[1]) {
      await expect(call(5, { signal: AbortSignal.abort("a string") })).rejects.toBe("a string");
    }
  });

  it("rejects within 50 ms of an abort, with its reason", { retry: 3 }, async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    let aborted = Infinity;
    setTimeout(() => {
      aborted = performance.now();
      controller.abort(reason);
    }, 100);
    const { n, maxMemory } = LONG;
    await expect(call(n, { signal: controller.signal, maxMemory })).rejects.toBe(reason);
    expect(performance.now() - aborted).toBeLessThan(50);
  });

  it("checks its arguments before the signal", async () => {
    await expect(call(-1, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ERR_OUT_OF_RANGE" });
  });

  it("lets go of the signal when it is done", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const counting = new Proxy(signal, {
      get(target, key) {
        if (key === "addEventListener") listeners++;
        if (key === "removeEventListener") listeners--;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    await call(1000, { signal: counting });
    expect(listeners).toBe(0);
  });

  it.each(["addEventListener", "removeEventListener"])("fails once when the signal's %s throws", async (method) => {
    const thrown = new Error("not mine");
    const { signal } = new AbortController();
    Object.defineProperty(signal, method, {
      value: () => {
        throw thrown;
      },
    });
    let told = 0;
    await expect(call(5, { signal, onProgress: () => told++ })).rejects.toBe(thrown);
    const before = told;
    await sleep(120);
    expect(told).toBe(before);
  });
});

it("adds one listener to a signal, however many calls it stops", async () => {
  const warned = vi.fn();
  process.on("warning", warned);
  const controller = new AbortController();
  const { n, maxMemory } = LONG;
  const doomed = Array.from({ length: 20 }, () => generateBytes(n, { signal: controller.signal, maxMemory }));
  const settled = Promise.allSettled(doomed);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  await sleep(20);
  const reason = new Error("enough");
  controller.abort(reason);
  for (const result of await settled) expect(result).toEqual({ status: "rejected", reason });
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  process.off("warning", warned);
  expect(warned).not.toHaveBeenCalled();
});

it("fails with what the reason of a signal throws", async () => {
  const thrown = new Error("not mine");
  const controller = new AbortController();
  Object.defineProperty(controller.signal, "reason", {
    get: () => {
      throw thrown;
    },
  });
  const { n, maxMemory } = LONG;
  const call = generateBytes(n, { signal: controller.signal, maxMemory });
  setTimeout(() => {
    controller.abort();
  }, 20);
  await expect(call).rejects.toBe(thrown);
});

it("makes an error of a stream of a reason that is none", async () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const reason of ["a string", null, proxy]) {
    const error: unknown = await stream(5, { signal: AbortSignal.abort(reason) })
      .toArray()
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).cause === reason).toBe(true);
  }
});

it("stops the work: the threads are free for another call", async () => {
  const controller = new AbortController();
  const { n, maxMemory } = LONG;
  const doomed = Array.from({ length: 8 }, () => generateBytes(n, { signal: controller.signal, maxMemory }));
  const settled = Promise.allSettled(doomed);
  setTimeout(() => {
    controller.abort();
  }, 50);
  const start = performance.now();
  expect(await generateString(5)).toBe("31415");
  expect(performance.now() - start).toBeLessThan(2000);
  expect((await settled).every(({ status }) => status === "rejected")).toBe(true);
});

it("settles an aborted call that waits for its turn at once", async () => {
  const { n, maxMemory } = LONG;
  const busy = new AbortController();
  const running = Array.from({ length: 64 }, () => generateBytes(n, { signal: busy.signal, maxMemory }));
  const finished = Promise.allSettled(running);
  const controller = new AbortController();
  const waiting = generateBytes(n, { signal: controller.signal, maxMemory });
  setTimeout(() => {
    controller.abort();
  }, 20);
  const start = performance.now();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  expect(performance.now() - start).toBeLessThan(1000);
  busy.abort();
  await finished;
});
