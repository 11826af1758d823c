import { describe, expect, it } from "vitest";

import { generateString, hexDigits } from "../../src/index";

describe("hexDigits", () => {
  it.each([
    [1, "243F6A8885A308D3"],
    [1000, "349F1C09B075372C"],
    [10_000, "68AC8FCFB8016CBD"],
  ])("are the published ones from position %i", async (position, digits) => {
    expect(await hexDigits(position, digits.length)).toBe(digits);
  });

  it("agree with the decimal digits", async () => {
    const places = 1000;
    const decimals = BigInt((await generateString(places + 1)).slice(1));
    const hexPlaces = 800;
    const expected = ((decimals << BigInt(4 * hexPlaces)) / 10n ** BigInt(places)).toString(16).toUpperCase();
    expect(await hexDigits(1, hexPlaces - 10)).toBe(expected.slice(0, -10));
    expect(await hexDigits(700, 50, { threads: 1 })).toBe(expected.slice(699, 749));
  });

  it("are none for a count of 0", async () => {
    expect(await hexDigits(5, 0)).toBe("");
  });

  it("refuse what is out of range", async () => {
    await expect(hexDigits(0, 5)).rejects.toMatchObject({ name: "RangeError", code: "ERR_OUT_OF_RANGE" });
    await expect(hexDigits(1e13 + 1, 5)).rejects.toThrow('The value of "position" is out of range');
    await expect(hexDigits(1, 10_001)).rejects.toThrow('The value of "count" is out of range');
    await expect(hexDigits("1" as unknown as number, 5)).rejects.toMatchObject({ code: "ERR_INVALID_ARG_TYPE" });
  });

  it("stop within 50 ms of an abort", { retry: 3 }, async () => {
    const controller = new AbortController();
    let aborted = Infinity;
    setTimeout(() => {
      aborted = performance.now();
      controller.abort();
    }, 50);
    await expect(hexDigits(1e12, 10, { signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
    expect(performance.now() - aborted).toBeLessThan(50);
  });
});
