import { describe, expect, it } from "vitest";

import manifest from "../../package.json";
import { hexDigitsPartial, native } from "../../src/index";
import { MAX_FRACTION } from "../../src/hex-digits-combine";
import { PART_VERSION } from "../../src/hex-digits-partial";
import { MAX_DIGITS, MAX_HEX_DIGITS, MAX_HEX_JOBS, MAX_HEX_POSITION } from "../../src/limits";
import { loadNative } from "../../src/native/load";

describe("native", () => {
  it("tells which binary runs here", () => {
    const { version, platform, simd, threads } = native();
    expect(version).toBe(manifest.version);
    expect(Object.keys(manifest.neon.platforms)).toContain(platform);
    expect(simd).toMatch(/^[a-z0-9+]+$/);
    expect(threads).toBeGreaterThanOrEqual(1);
  });
});

describe("the two sides of the boundary", () => {
  it("have the same limits and versions", () => {
    expect(loadNative().addon.info()).toMatchObject({
      maxDigits: MAX_DIGITS,
      maxHexPosition: MAX_HEX_POSITION,
      maxHexDigits: MAX_HEX_DIGITS,
      maxHexJobs: MAX_HEX_JOBS,
      hexPartVersion: PART_VERSION,
    });
  });

  it("know the same longest fraction of a part", async () => {
    const job = { position: MAX_HEX_POSITION, count: MAX_HEX_DIGITS, from: 0, to: 1 };
    expect((await hexDigitsPartial(job)).fraction).toHaveLength(MAX_FRACTION);
  });
});
