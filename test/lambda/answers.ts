import { describe, expect, test } from "vitest";

import { httpResponse, type Result, type Architecture } from "@compute-pi-rs/lambda-emulator";
import { checksum, FIRST_100, PUBLISHED_SHA256 } from "../api/reference";
import { deploy, type Name } from "./deploy";

/** A function in one of Lambda's runtimes. */
export interface Combination {
  name: Name;
  runtime: string;
  architecture: Architecture;
}

/** The functions in JavaScript whose answers are the same. */
export const scripts = ["commonjs", "esm", "stream", "plain"] as const;

/** Tests that each answers a cold and a warm invocation. */
export function answers(combinations: Combination[]): void {
  describe.each(combinations)("$name on $runtime, $architecture", ({ name, runtime, architecture }) => {
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
}

/** The digits in what a function answered. */
export function digitsOf(name: string, result: Result): string {
  expect(result.error).toBeUndefined();
  if (name !== "stream") return (result.payload as { pi: string }).pi;
  const { statusCode, body } = httpResponse(result);
  expect(statusCode).toBe(200);
  return body.toString();
}

function ms(duration = NaN): string {
  return `${duration.toFixed(0)} ms`;
}
