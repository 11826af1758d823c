import { readdirSync } from "node:fs";

import { expect, it, vi } from "vitest";

import { generate, generateString } from "../../src/index";
import { FIRST_100 } from "./reference";

it("answers a thousand calls at once, on few threads", async () => {
  const calls = Array.from({ length: 1000 }, (_, n) => generateString((n % 100) + 1));
  await generateString(1);
  const threads = process.platform === "linux" ? readdirSync("/proc/self/task").length : 0;
  const results = await Promise.all(calls);
  expect(results.every((digits, n) => digits === FIRST_100.slice(0, (n % 100) + 1))).toBe(true);
  expect(threads).toBeLessThan(100);
});

it("needs no global timers, which test environments replace or lack", async () => {
  vi.stubGlobal("setImmediate", undefined).stubGlobal("setInterval", undefined);
  try {
    const digits = await generate(2_000_000, { onProgress: () => undefined, maxMemory: Infinity });
    expect(digits).toHaveLength(2_000_000);
  } finally {
    vi.unstubAllGlobals();
  }
});

it("leaves the event loop free while it computes", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  await generate(300_000);
  const start = performance.now();
  turns = 0;
  await generateString(1_000_000, { maxMemory: Infinity });
  const expected = (performance.now() - start) / 5;
  clearInterval(timer);
  expect(turns).toBeGreaterThan(expected / 4);
});
