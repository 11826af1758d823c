import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { progressLine } from "../../src/cli/terminal/line";
import { describeTimeLeft, TimeLeft } from "../../src/cli/terminal/time-left";

describe("the time left", () => {
  /** The bar every 100 ms of work whose done share follows from the time. */
  function shown(total: number, fraction: (time: number) => number): (number | undefined)[] {
    const timeLeft = new TimeLeft(0);
    return Array.from({ length: Math.floor(total / 100) }, (_, index) =>
      timeLeft.at(100 * index, fraction(100 * index)),
    );
  }

  /** The greatest factor between what is shown and what it turns out to be, where there is more than a tenth to go. */
  function worst(total: number, times: readonly (number | undefined)[]): number {
    const factors = times.flatMap((left, index) => {
      const real = total - 100 * index;
      return left === undefined || real < total / 10 ? [] : [Math.max(left / real, real / left)];
    });
    return Math.max(...factors);
  }

  /** The greatest step up from one look to the next, in milliseconds. */
  function jump(times: readonly (number | undefined)[]): number {
    return Math.max(...times.map((left, index) => (left ?? 0) - (times[index - 1] ?? left ?? 0)));
  }

  it("counts down evenly for even work", () => {
    const times = shown(60_000, (time) => time / 60_000);
    expect(worst(60_000, times)).toBeLessThan(1.01);
    expect(jump(times)).toBeLessThanOrEqual(0.001);
  });

  it("does not jump when the work is held up for a while", () => {
    const held = (time: number) => (time < 15_000 ? time : time < 18_000 ? 15_000 : time - 3000) / 57_000;
    const times = shown(60_000, held);
    expect(jump(times)).toBeLessThan(1000);
    expect(worst(60_000, times)).toBeLessThan(1.25);
  });

  it("stays near the truth where progress is uneven, as that of the spigot is", () => {
    const times = shown(60_000, (time) => (time / 60_000) ** 0.75);
    expect(jump(times)).toBeLessThan(500);
    expect(worst(60_000, times)).toBeLessThan(4);
  });

  it("says nothing before it can know", () => {
    expect(new TimeLeft(0).at(500, 0.3)).toBeUndefined();
    expect(new TimeLeft(0).at(5000, 0.001)).toBeUndefined();
  });

  it("is said as people say it", () => {
    const said = [0, 900, 9_500, 11_000, 62_000, 100_000, 3_500_000, 9_000_000].map(describeTimeLeft);
    expect(said).toEqual([
      ...["1 s left", "1 s left", "10 s left", "15 s left", "65 s left", "2 min left", "59 min left", "3 h left"],
    ]);
  });
});

describe("the line of progress", () => {
  const state = { name: "Converting to decimal", fraction: 0.421, timeLeft: "12 min left" };

  it.each([
    [100, "Converting to decimal [================------------------------] 42%, 12 min left"],
    [60, "Converting to decimal [======----------] 42%, 12 min left"],
    [40, "Converting to decimal 42%, 12 min left"],
    [30, "42%, 12 min left"],
    [10, "42%"],
    [2, ""],
  ])("fits %i columns", (columns, line) => {
    expect(progressLine(state, columns)).toBe(line);
  });

  it("never reaches the last column", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), (columns, fraction) => {
        expect(progressLine({ ...state, fraction }, columns).length).toBeLessThan(Math.max(columns, 1));
      }),
    );
  });
});
