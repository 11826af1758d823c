import { describe, expect, test } from "vitest";

import { httpResponse } from "../../scripts/lambda/function-url.mjs";
import type { Result } from "../../scripts/lambda/function.mjs";
import { nodejsRuntimes } from "../../scripts/lambda/runtimes.mjs";
import { checksum, FIRST_100, PUBLISHED_SHA256 } from "../api/reference";
import { architectures, deploy, native } from "./deploy";

// A cold and a warm invocation of each function in each runtime. What differs between versions of Node.js under the
// emulator is how the package is loaded: one handler shows it.
const scripts = ["commonjs", "esm", "stream", "plain"] as const;
const combinations = architectures.flatMap((architecture) =>
  nodejsRuntimes.flatMap((runtime) =>
    (architecture === native || runtime === "nodejs24.x" ? scripts : scripts.slice(0, 1)).map((name) => ({
      name,
      runtime,
      architecture,
    })),
  ),
);
const functions = [
  ...combinations,
  ...architectures.map((architecture) => ({ name: "rust" as const, runtime: "provided.al2023", architecture })),
];

describe.each(functions)("$name on $runtime, $architecture", ({ name, runtime, architecture }) => {
  test("answers cold, and then warm", async () => {
    const deployed = await deploy(name, { runtime, architecture, timeout: 120 });
    const cold = await deployed.invoke({ digits: 100 });
    expect(digitsOf(name, cold)).toBe(FIRST_100);
    expect(cold.initDuration).toBeGreaterThan(0);
    expect(cold.billedDuration).toBeGreaterThanOrEqual(cold.duration + (cold.initDuration ?? 0));

    const warm = await deployed.invoke({ digits: 1_001 });
    expect(checksum(digitsOf(name, warm))).toBe(PUBLISHED_SHA256.get(1_001));
    expect(warm.initDuration).toBeUndefined();
    const emulated = deployed.emulated ? " (emulated)" : "";
    console.log(
      `${name} on ${runtime}, ${architecture}${emulated}: init ${ms(cold.initDuration)}, cold ${ms(cold.duration)}, ` +
        `warm ${ms(warm.duration)}, ${String(warm.maxMemory)} MB`,
    );
  });
});

describe.each([...scripts, "rust"] as const)("%s", (name) => {
  test("does not grow in twenty invocations", async () => {
    const deployed = await deploy(name, { timeout: 60 });
    const slow = name === "plain" || name === "rust";
    const event = { digits: slow ? 1_001 : 100_001 };
    const grown = [];
    for (let invocation = 0; invocation < 25; invocation++) {
      const result = await deployed.invoke(event);
      expect(checksum(digitsOf(name, result))).toBe(PUBLISHED_SHA256.get(event.digits));
      grown.push(deployed.memory ?? NaN);
    }
    console.log(`${name}: ${grown.map((memory) => memory.toFixed(0)).join(" ")} MB`);
    const [before, after] = [grown.slice(4, 9), grown.slice(-5)].map((part) => Math.min(...part));
    // An array of the digits that stayed would be 0.8 MB an invocation.
    expect((after ?? NaN) - (before ?? NaN)).toBeLessThan(12);
  });
});

function digitsOf(name: string, result: Result): string {
  expect(result.error).toBeUndefined();
  if (name !== "stream") return (result.payload as { pi: string }).pi;
  const { statusCode, body } = httpResponse(result);
  expect(statusCode).toBe(200);
  return body.toString();
}

function ms(duration = NaN): string {
  return `${duration.toFixed(0)} ms`;
}
