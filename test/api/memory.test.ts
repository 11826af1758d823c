import { afterEach, describe, expect, it, vi } from "vitest";

import { estimate, generate, generateBytes, generateString, MemoryLimitError, stream } from "../../src/index";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("estimate", () => {
  it("grows with n and counts the result", () => {
    const small = estimate(1_000_000);
    const large = estimate(10_000_000);
    expect(small.memory).toBeGreaterThan(1_000_000);
    expect(large.memory).toBeGreaterThan(small.memory);
    expect(small.stringMemory).toBeGreaterThanOrEqual(2_000_000);
    expect(small.arrayMemory).toBeGreaterThanOrEqual(9_000_000);
  });
});

describe("maxMemory", () => {
  it("refuses what needs more, before any work, with both figures", async () => {
    const n = 10_000_000;
    const { memory, stringMemory, arrayMemory } = estimate(n);
    const attempts = [
      [memory, (maxMemory: number) => generateBytes(n, { maxMemory })],
      [stringMemory, (maxMemory: number) => generateString(n, { maxMemory })],
      [arrayMemory, (maxMemory: number) => generate(n, { maxMemory })],
      [memory, (maxMemory: number) => stream(n, { maxMemory }).toArray()],
    ] as const;
    for (const [needed, attempt] of attempts) {
      const start = performance.now();
      const error: unknown = await attempt(needed - 1).catch((error: unknown) => error);
      expect(performance.now() - start).toBeLessThan(100);
      expect(error).toBeInstanceOf(MemoryLimitError);
      expect(error).toMatchObject({ code: "ERR_COMPUTE_PI_MEMORY", needed, allowed: needed - 1 });
      expect(String(error)).toContain(String(needed));
      expect(String(error)).toContain(String(needed - 1));
    }
  });

  it("allows what fits exactly", async () => {
    await expect(generate(1000, { maxMemory: estimate(1000).arrayMemory })).resolves.toHaveLength(1000);
  });

  it("is by default what the Lambda function has", async () => {
    vi.stubEnv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    await expect(generateBytes(300_000_000)).rejects.toMatchObject({ code: "ERR_COMPUTE_PI_MEMORY" });
    vi.stubEnv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "not a number");
    await expect(generateBytes(1000)).resolves.toHaveLength(1000);
  });

  it("is not what an emulator says in a process that holds more", async () => {
    vi.stubEnv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "32");
    await expect(generateString(1_000_000)).resolves.toHaveLength(1_000_000);
  });
});
