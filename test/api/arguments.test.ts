import fc from "fast-check";
import { describe, expect, it } from "vitest";

import * as api from "../../src/index";

/** The functions that return promises, called with what TypeScript would not let through. */
const promising = [
  ["generate", api.generate],
  ["generateString", api.generateString],
  ["generateBytes", api.generateBytes],
] as unknown as [string, (...args: unknown[]) => Promise<unknown>][];

/** The functions that return at once. */
const immediate = [
  ["stream", api.stream],
  ["estimate", api.estimate],
] as unknown as [string, (...args: unknown[]) => unknown][];

const everyone = [
  ...promising,
  ...immediate.map(
    ([name, call]) =>
      [
        name,
        (...args: unknown[]) =>
          new Promise((resolve) => {
            resolve(call(...args));
          }),
      ] as const,
  ),
] as typeof promising;

const typeError = { name: "TypeError", code: "ERR_INVALID_ARG_TYPE" };
const valueError = { name: "TypeError", code: "ERR_INVALID_ARG_VALUE" };
const rangeError = { name: "RangeError", code: "ERR_OUT_OF_RANGE" };

describe.each(everyone)("%s refuses", (name, call) => {
  it("n of a wrong type", async () => {
    await expect(call()).rejects.toMatchObject(typeError);
    for (const n of ["5", null, {}, 5n, Symbol("5"), true, () => 5, [5], new Number(5)]) {
      await expect(call(n)).rejects.toMatchObject(typeError);
    }
  });

  it.each([NaN, 1.5, -1, Infinity, -Infinity, 2 ** 53, 1_000_000_001])("n out of range: %d", async (n) => {
    // A stream may have no end.
    if (name === "stream" && n === Infinity) return;
    const refusal = expect(call(n)).rejects;
    await refusal.toMatchObject(rangeError);
    await refusal.toThrow(
      /^The value of "n" is out of range\. It must be a whole number from 0 to \d+(, or Infinity)?\. Received /,
    );
    await refusal.toThrow(String(n));
  });

  it.each([null, 5, "fast", true])("options that are no object: %s", async (options) => {
    await expect(call(5, options)).rejects.toMatchObject(typeError);
  });

  it.each([
    { signal: {} },
    { signal: null },
    { signal: { aborted: false, addEventListener: 1, removeEventListener: 1 } },
    { signal: "abort" },
    { onProgress: 1 },
    { onProgress: null },
    { threads: "2" },
    { threads: null },
    { algorithm: 1 },
    { algorithm: null },
    { maxMemory: "1G" },
  ])("an option of a wrong type: %j", async (options) => {
    const refusal = expect(call(5, options)).rejects;
    await refusal.toMatchObject(typeError);
    await refusal.toThrow(`The "options.${String(Object.keys(options)[0])}" property must be `);
  });

  it.each([
    { threads: 0 },
    { threads: 1.5 },
    { threads: 1025 },
    { threads: NaN },
    { maxMemory: -1 },
    { maxMemory: 0.5 },
    { maxMemory: NaN },
  ])("an option out of range: %j", async (options) => {
    const refusal = expect(call(5, options)).rejects;
    await refusal.toMatchObject(rangeError);
    await refusal.toThrow(`The value of "options.${String(Object.keys(options)[0])}" is out of range. It must be `);
  });

  it("an algorithm that there is not", async () => {
    const refusal = expect(call(5, { algorithm: "machin" })).rejects;
    await refusal.toMatchObject(valueError);
    await refusal.toThrow("The property 'options.algorithm' must be one of: 'chudnovsky', 'spigot'. Received ");
  });

  it.each([{ thread: 1 }, { Threads: 2 }, { threads: 1, ["max-memory"]: 5 }])(
    "an option that it does not know: %j",
    async (options) => {
      const refusal = expect(call(5, options)).rejects;
      await refusal.toMatchObject(valueError);
      await refusal.toThrow(
        "is none of: signal, onProgress, threads, algorithm, maxMemory, verify, onVerified. Received ",
      );
    },
  );

  it("what a hostile getter or proxy throws", async () => {
    const thrown = new Error("no entry");
    const hostile = [
      {
        get threads() {
          throw thrown;
        },
      },
      new Proxy(
        {},
        {
          get() {
            throw thrown;
          },
        },
      ),
      {
        signal: new Proxy(
          {},
          {
            has() {
              throw thrown;
            },
          },
        ),
      },
    ];
    for (const options of hostile) await expect(call(5, options)).rejects.toBe(thrown);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    await expect(call(5, proxy)).rejects.toThrow(TypeError);
    await expect(call(proxy)).rejects.toMatchObject(typeError);
  });

  it("anything else but a whole number, and never by a crash", async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), async (n) => {
        fc.pre(!(Number.isInteger(n) && (n as number) >= 0) && !(name === "stream" && n === Infinity));
        await expect(call(n)).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_/) as string });
      }),
    );
  });
});

const hexadecimal = [
  ["hexDigits", (options) => api.hexDigits(1, 8, options)],
  ["hexDigitsPartial", (options) => api.hexDigitsPartial({ position: 100, from: 0, to: 1 }, options)],
  ["hexDigitsPlan", (options) => api.hexDigitsPlan({ position: 100, jobs: 1 }, options)],
] as [string, (options: object) => Promise<unknown>][];

describe.each(hexadecimal)("%s", (_name, call) => {
  it.each([{ verify: true }, { maxMemory: 1 }, { algorithm: "spigot" }, { thread: 1 }])(
    "refuses an option that it does not know: %j",
    async (options) => {
      const refusal = expect(call(options)).rejects;
      await refusal.toMatchObject(valueError);
      await refusal.toThrow("is none of: signal, onProgress, threads. Received ");
    },
  );
});

describe.each(promising)("%s", (_name, call) => {
  it("never throws: a failure is a rejection", async () => {
    const calls = [
      () => call(),
      () => call(5, null),
      () =>
        call(5, {
          get signal() {
            throw new Error("no");
          },
        }),
    ];
    for (const attempt of calls) {
      const promise = attempt();
      expect(promise).toBeInstanceOf(Promise);
      await expect(promise).rejects.toThrow();
    }
  });

  it("reads each option once", async () => {
    const reads: PropertyKey[] = [];
    const options = new Proxy({}, { get: (_target, key) => void reads.push(key) });
    await call(5, options);
    expect(reads.sort()).toEqual([
      ...["algorithm", "maxMemory", "onProgress", "onVerified", "signal", "threads", "verify"],
    ]);
  });

  it("takes undefined for an option that is not given", async () => {
    const none = {
      unknown: undefined,
      signal: undefined,
      onProgress: undefined,
      threads: undefined,
      algorithm: undefined,
    };
    await expect(call(5, { ...none, maxMemory: undefined })).resolves.toHaveLength(5);
    await expect(call(5, undefined)).resolves.toHaveLength(5);
  });
});

describe("the largest n", () => {
  it("is what each kind of result can hold", async () => {
    await expect(api.generate(2 ** 25 + 1)).rejects.toThrow("from 0 to 33554432");
    await expect(api.generateString(536_870_889)).rejects.toThrow("from 0 to 536870888");
    await expect(api.generateBytes(1_000_000_001)).rejects.toThrow("from 0 to 1000000000");
  });
});
