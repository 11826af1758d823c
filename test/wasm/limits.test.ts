import { expect, it } from "vitest";

import { PART_VERSION } from "../../src/hex-digits-partial";
import { generateBytes } from "../../src/index";
import { MAX_HEX_DIGITS, MAX_HEX_JOBS, MAX_HEX_POSITION } from "../../src/limits";
import { mostOfEngine } from "../../src/wasm/beside";
import { loadEngine } from "../../src/wasm/node/module";

const engine = loadEngine({ advanced: () => undefined, now: () => 0 });
const { maxDigits, ...others } = engine.limits();

it("the module has the limits, and the version of parts, that TypeScript has", () => {
  expect(others).toEqual({
    maxHexPosition: MAX_HEX_POSITION,
    maxHexDigits: MAX_HEX_DIGITS,
    maxHexJobs: MAX_HEX_JOBS,
    hexPartVersion: PART_VERSION,
  });
});

it("the module takes fewer digits than TypeScript, and more are out of range", async () => {
  expect(maxDigits).toBe(100_000_000);
  const error = { name: "RangeError", code: "ERR_OUT_OF_RANGE" };
  await expect(generateBytes(maxDigits + 1, { maxMemory: Infinity })).rejects.toMatchObject(error);
});

it("the engine never takes more than what is let through unasked", () => {
  for (let n = 1; n < maxDigits; n = Math.ceil(1.1 * n)) {
    for (const algorithm of ["chudnovsky", "spigot"] as const) {
      expect(engine.estimate(n, algorithm)).toBeLessThan(mostOfEngine(n, algorithm));
    }
  }
});
