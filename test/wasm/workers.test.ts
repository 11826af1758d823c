import { once } from "node:events";
import { createRequire } from "node:module";
import type * as workerThreads from "node:worker_threads";
import type { Worker } from "node:worker_threads";

import { afterAll, beforeEach, expect, it } from "vitest";

import { estimate, generateBytes, generateString, hexDigitsPartial, stream } from "../../src/index";

/** The worker threads that live. */
const alive = new Set<Worker>();

const threads = createRequire(import.meta.url)("node:worker_threads") as { Worker: typeof workerThreads.Worker };
const Real = threads.Worker;

threads.Worker = class extends Real {
  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    alive.add(this);
    this.once("exit", () => alive.delete(this));
  }
};

afterAll(() => {
  threads.Worker = Real;
});

/** Ends those that wait for work. */
beforeEach(async () => {
  await Promise.all([...alive].map((worker) => worker.terminate()));
});

async function allEnd(within: number): Promise<void> {
  const deadline = performance.now() + within;
  while (alive.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(alive.size).toBe(0);
}

it("a worker waits for the next call, and ends when none comes", async () => {
  await generateString(100);
  const [first] = alive;
  await generateString(100);
  expect([...alive]).toEqual([first]);
  await allEnd(10_000);
});

it("the worker of a call that failed ends", async () => {
  const failing = hexDigitsPartial({ position: 1000, from: 0, to: 1_000_000 });
  await expect(failing).rejects.toMatchObject({ code: "ERR_OUT_OF_RANGE" });
  await allEnd(2000);
});

it("an abort rejects at once, and its worker ends", async () => {
  const aborter = new AbortController();
  const running = generateBytes(50_000_000, { signal: aborter.signal });
  running.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(alive.size).toBe(1);
  const began = performance.now();
  aborter.abort();
  await expect(running).rejects.toThrow("aborted");
  expect(performance.now() - began).toBeLessThan(50);
  await allEnd(2000);
});

it("a stream that nobody reads on ends its worker", async () => {
  const digits = stream(1_000_000);
  await once(digits, "readable");
  expect(alive.size).toBe(1);
  digits.destroy();
  await allEnd(2000);
});

it("no worker is started for what needs more memory than it may", async () => {
  await expect(generateBytes(10_000_000, { maxMemory: 1e6 })).rejects.toMatchObject({ code: "ERR_COMPUTE_PI_MEMORY" });
  expect(alive.size).toBe(0);
});

it("the estimate counts what the module takes", () => {
  // The module's memory, measured, and the bytes of the result.
  expect(estimate(1_000_000).memory).toBeGreaterThan(8_000_000);
  expect(estimate(10_000_000).memory).toBeLessThan(130_000_000);
});
