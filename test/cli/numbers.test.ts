import { describe, expect, it } from "vitest";

import { readableBytes, readableDuration, wholeNumber } from "../../src/cli/numbers";

describe("numbers as people write them", () => {
  it.each([
    ["0", 0],
    ["1000", 1000],
    ["007", 7],
    ["1_000_000", 1_000_000],
    ["1,000,000", 1_000_000],
    ["12,345", 12_345],
    ["1e6", 1_000_000],
    ["1E6", 1_000_000],
    ["1e+6", 1_000_000],
    ["1.5e6", 1_500_000],
    ["1.50e1", 15],
    ["1e0", 1],
    ["1M", 1_000_000],
    ["1m", 1_000_000],
    ["2.5k", 2500],
    ["1G", 1_000_000_000],
    ["1B", 1_000_000_000],
    ["10T", 10_000_000_000_000],
  ])("reads %s", (text, value) => {
    expect(wholeNumber(text)).toBe(value);
  });

  it.each([
    ...[
      "",
      " ",
      "five",
      "1.5",
      "1.0",
      "1.25e1",
      "1e-3",
      "1,00",
      "1,0000",
      "1000,000",
      ",100",
      "1__0",
      "_1",
      "1_",
      "1_000,000",
    ],
    ...["-5", "+5", "0x10", "1e", "e6", "1MM", "1 M", "1e6k", "1X", "1.5.5M", "1e999", "Infinity", "NaN", "1n", "١"],
  ])("refuses %j", (text) => {
    expect(wholeNumber(text)).toBeUndefined();
  });

  it("says bytes and times in readable units", () => {
    expect([0, 1, 1023, 1024, 1_500_000, 9_230_574_573].map(readableBytes)).toEqual([
      ...["0 bytes", "1 bytes", "1023 bytes", "1 KiB", "1.43 MiB", "8.6 GiB"],
    ]);
    expect([0.4567, 12.34, 999.7, 1280, 99_990, 725_000].map(readableDuration)).toEqual([
      ...["0.457 ms", "12.3 ms", "1 s", "1.28 s", "1 min 40 s", "12 min 5 s"],
    ]);
  });
});
