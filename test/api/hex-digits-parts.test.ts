import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  hexDigits,
  hexDigitsCombine,
  hexDigitsMerge,
  hexDigitsPartial,
  hexDigitsPlan,
  HexPartsError,
  type HexPart,
} from "../../src/index";

/** The parts of all terms, cut at these shares of them. */
async function cut(position: number, count: number, shares: number[]): Promise<HexPart[]> {
  const { terms } = await hexDigitsPlan({ position, count, jobs: 1 });
  const borders = [...new Set([0, terms, ...shares.map((share) => Math.round(share * terms))])].sort((a, b) => a - b);
  const jobs = borders.slice(1).map((to, index) => ({ position, count, from: borders[index] ?? 0, to }));
  return Promise.all(jobs.map((job) => hexDigitsPartial(job)));
}

/** The error that a call throws. */
function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("hexDigitsPartial and hexDigitsCombine", () => {
  it("give the digits of hexDigits for any cut, order and repetition, through JSON", async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300_000 }),
        fc.integer({ min: 1, max: 40 }),
        fc.array(share, { maxLength: 10 }),
        fc.infiniteStream(fc.nat()),
        async (position, count, shares, order) => {
          const parts = await cut(position, count, shares);
          const next = () => Number(order.next().value);
          const repeated = parts.filter(() => next() % 2 === 0);
          const keyed = [...parts, ...repeated].map((part) => ({ part, key: next() }));
          const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ part }) => part);
          const sum = hexDigitsCombine(JSON.parse(JSON.stringify(shuffled)) as HexPart[]);
          expect(sum.position).toBe(position);
          expect(sum.fraction.startsWith(sum.digits)).toBe(true);
          expect(sum.digits).toBe(await hexDigits(position, sum.digits.length));
          // The error reaches a digit that was asked for in one case of 65,536.
          expect(sum.digits.length).toBeGreaterThan(count - 8);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("give the same part with any threads, in a hundred bytes or so", async () => {
    const job = { position: 3_000_000, from: 1234, to: 567_890 };
    const one = await hexDigitsPartial(job, { threads: 1 });
    const two = await hexDigitsPartial(job, { threads: 3 });
    expect(one).toEqual(two);
    expect(one).toMatchObject({ version: 1, position: 3_000_000, from: 1234, to: 567_890 });
    expect(JSON.stringify(one).length).toBeLessThan(150);
  });

  it("reduce in a tree", async () => {
    const parts = await cut(100_000, 16, [0.1, 0.35, 0.7, 0.9]);
    const halves = [hexDigitsMerge(parts.slice(2)), hexDigitsMerge(parts.slice(0, 2))];
    expect(hexDigitsCombine(halves)).toEqual(hexDigitsCombine(parts));
    expect(hexDigitsMerge(halves)).toMatchObject({ from: 0, to: parts.at(-1)?.to });
  });

  it("refuse what does not add up", async () => {
    const [a, b, c] = await cut(10_000, 16, [0.25, 0.5]);
    if (a === undefined || b === undefined || c === undefined) throw new Error("not cut in three");
    const other = await hexDigitsPartial({ position: 10_001, from: b.from, to: b.to });
    const longer = await hexDigitsPartial({ position: 10_000, count: 50, from: b.from, to: b.to });
    const crossing = await hexDigitsPartial({ position: 10_000, from: b.from - 1, to: b.to });
    const wrong = { ...b, fraction: b.fraction.replace(/.$/, (last) => (last === "0" ? "1" : "0")) };
    const cases: [HexPart[], object][] = [
      [[], { problem: "empty", from: undefined, to: undefined }],
      [[a, c], { problem: "gap", from: a.to, to: c.from }],
      [[b, c], { problem: "gap", from: 0, to: b.from }],
      [[b, a], { problem: "gap", from: b.to, to: c.to }],
      [[a, crossing, c], { problem: "overlap", from: a.to - 1, to: a.to }],
      [[a, b, wrong, c], { problem: "disagree", from: b.from, to: b.to }],
      [[a, other, c], { problem: "mixed", from: b.from, to: b.to }],
      [[a, longer, c], { problem: "mixed", from: b.from, to: b.to }],
      [[a, { ...b, version: 2 }, c], { problem: "version" }],
      [[a, { ...b, fraction: "12" }, c], { problem: "malformed", from: b.from, to: b.to }],
      [[a, { ...b, to: 1e15 }, c], { problem: "malformed" }],
      [[a, { ...b, from: -1 }, c], { problem: "malformed" }],
    ];
    for (const [parts, expected] of cases) {
      const error = thrown(() => hexDigitsCombine(parts));
      expect(error).toBeInstanceOf(HexPartsError);
      expect(error).toMatchObject({ name: "HexPartsError", code: "ERR_COMPUTE_PI_PARTS", ...expected });
    }
    expect(thrown(() => hexDigitsMerge([c, a]))).toMatchObject({ problem: "gap" });
    expect(hexDigitsMerge([c, b])).toMatchObject({ from: b.from, to: c.to });
  });

  it("refuse what are no parts", () => {
    const part = { version: 1, position: 1, from: 0, to: 1, fraction: "0".repeat(30) };
    const combine = hexDigitsCombine as (parts: unknown) => unknown;
    for (const parts of [undefined, part, [1], [{ ...part, fraction: 5 }], [{ ...part, from: "0" }]]) {
      expect(thrown(() => combine(parts))).toMatchObject({ code: "ERR_INVALID_ARG_TYPE" });
    }
  });

  it("refuse forged parts before anything long of them is read", () => {
    const part = { version: 1, position: 1, from: 0, to: 1, fraction: "0".repeat(30) };
    const long = (piece: string) => piece.repeat(100_000_000 / piece.length);
    const forged: [unknown, object][] = [
      [[{ ...part, fraction: long("f") }], { code: "ERR_COMPUTE_PI_PARTS", problem: "malformed" }],
      [[{ ...part, fraction: "0".repeat(10_021) }], { problem: "malformed" }],
      [[{ ...part, fraction: "\u{130}".repeat(30) }], { problem: "malformed" }],
      [[part, { ...part, fraction: "\ud800".repeat(10) }], { problem: "malformed" }],
      [Array.from({ length: 200_000 }, () => part), { code: "ERR_OUT_OF_RANGE" }],
      [new Array(2 ** 32 - 1), { code: "ERR_OUT_OF_RANGE" }],
      [Array.from({ length: 53 }, () => ({ ...part, fraction: "0".repeat(10_020) })), { code: "ERR_OUT_OF_RANGE" }],
      [[{ ...part, from: long("12") }], { code: "ERR_INVALID_ARG_TYPE" }],
      [[{ ...part, position: [[[[part]]]] }], { code: "ERR_INVALID_ARG_TYPE" }],
      [[{ ...part, version: long("1") }], { problem: "version" }],
      [long("[]"), { code: "ERR_INVALID_ARG_TYPE" }],
      [Array(10), { code: "ERR_INVALID_ARG_TYPE" }],
    ];
    for (const [parts, expected] of forged) {
      for (const add of [hexDigitsCombine, hexDigitsMerge]) {
        const start = performance.now();
        expect(thrown(() => add(parts as HexPart[]))).toMatchObject(expected);
        // A hundred million characters take a second to read.
        expect(performance.now() - start).toBeLessThan(100);
      }
    }
  });

  it("add up as many as they take at once", () => {
    const part = (from: number) => ({ version: 1, position: 10_000, from, to: from + 1, fraction: "0".repeat(30) });
    const parts = Array.from({ length: 10_000 }, (_, from) => part(from % 4_000));
    expect(hexDigitsMerge(parts)).toMatchObject({ from: 0, to: 4000, fraction: "0".repeat(30) });
  });

  it("refuse terms that there are not", async () => {
    const { terms } = await hexDigitsPlan({ position: 1000, jobs: 1 });
    for (const [from, to] of [
      [0, 0],
      [5, 4],
      [0, terms + 1],
      [0.5, 4],
      [-1, 4],
    ] as const) {
      await expect(hexDigitsPartial({ position: 1000, from, to })).rejects.toMatchObject({
        name: "RangeError",
        code: "ERR_OUT_OF_RANGE",
      });
    }
    await expect(hexDigitsPartial({ position: 0, from: 0, to: 1 })).rejects.toThrow('The value of "job.position"');
    await expect(hexDigitsPartial(5 as never)).rejects.toMatchObject({ code: "ERR_INVALID_ARG_TYPE" });
  });

  it("stop when they are told to", async () => {
    const job = { position: 1e12, from: 0, to: 1e11 };
    await expect(hexDigitsPartial(job, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });
});

describe("hexDigitsPlan", () => {
  it("holds all terms once, in so many jobs", async () => {
    const { jobs, terms, seconds } = await hexDigitsPlan({ position: 2_000_000, count: 8, jobs: 37 });
    expect(jobs).toHaveLength(37);
    expect([jobs[0]?.from, jobs.at(-1)?.to]).toEqual([0, terms]);
    expect(jobs.slice(1).every(({ from }, index) => from === jobs[index]?.to)).toBe(true);
    expect(jobs[0]).toMatchObject({ position: 2_000_000, count: 8 });
    expect(seconds).toBeGreaterThan(0);
  });

  it("makes more jobs of shorter ones", async () => {
    const long = await hexDigitsPlan({ position: 1e10, seconds: 100 }, { threads: 1 });
    const short = await hexDigitsPlan({ position: 1e10, seconds: 1 }, { threads: 1 });
    expect(short.jobs.length).toBeGreaterThan(10 * long.jobs.length);
    expect(short.seconds).toBeLessThanOrEqual(1);
    expect(long.seconds).toBeLessThanOrEqual(100);
  });

  it("has at most one job a term", async () => {
    const { jobs, terms } = await hexDigitsPlan({ position: 1, count: 1, jobs: 500 });
    expect(jobs).toHaveLength(terms);
  });

  it("refuses what is out of range", async () => {
    const plan = hexDigitsPlan as (request: unknown) => Promise<unknown>;
    for (const request of [
      { position: 1000, jobs: 0 },
      { position: 1000, jobs: 100_001 },
      { position: 1000, seconds: 0 },
      { position: 1000, seconds: Infinity },
      { position: 1000, jobs: 1, seconds: 1 },
      { position: 1e13, seconds: 1e-6 },
      { position: 0, jobs: 1 },
      { position: 1000, jobs: 1, count: 10_001 },
    ]) {
      await expect(plan(request)).rejects.toMatchObject({ name: "RangeError", code: "ERR_OUT_OF_RANGE" });
    }
    for (const request of [undefined, { position: 1000 }, { position: 1000, seconds: "1" }]) {
      await expect(plan(request)).rejects.toMatchObject({ code: "ERR_INVALID_ARG_TYPE" });
    }
  });
});
