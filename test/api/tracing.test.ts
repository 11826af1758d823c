import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, tracingChannel, unsubscribe } from "node:diagnostics_channel";
import { describe, expect, it, onTestFinished } from "vitest";

import {
  type CallTrace,
  estimate,
  generate,
  generateBytes,
  generateString,
  hexDigits,
  hexDigitsCombine,
  hexDigitsMerge,
  hexDigitsPartial,
  hexDigitsPlan,
  MemoryLimitError,
  native,
  stream,
} from "../../src/index";

const tracing = tracingChannel<string, CallTrace>("compute-pi-rs");

/** An event, and what was known of the call then. */
interface Seen extends CallTrace {
  event: "start" | "end" | "asyncStart" | "asyncEnd" | "error";
  call: CallTrace;
}

/** Listens until the test has ended. */
function listen(): Seen[] {
  const seen: Seen[] = [];
  const note = (event: Seen["event"]) => (call: CallTrace) => {
    seen.push({ event, call, ...call });
  };
  const subscribers = {
    ...{ start: note("start"), end: note("end"), error: note("error") },
    ...{ asyncStart: note("asyncStart"), asyncEnd: note("asyncEnd") },
  };
  tracing.subscribe(subscribers);
  onTestFinished(() => {
    tracing.unsubscribe(subscribers);
  });
  return seen;
}

const backend = process.env.COMPUTE_PI_RS_BACKEND === "wasm" ? "wasm" : "native";
const job = { position: 1000, from: 0, to: 100 };

const promises: [string, () => Promise<unknown>, Partial<CallTrace>][] = [
  ["generate", () => generate(20_000), { digits: 20_000 }],
  ["generateBytes", () => generateBytes(20_000), { digits: 20_000 }],
  ["generateString", () => generateString(20_000), { digits: 20_000 }],
  ["hexDigits", () => hexDigits(5000, 8), { digits: 8, position: 5000 }],
  ["hexDigitsPartial", () => hexDigitsPartial(job), { digits: 16, position: 1000 }],
  ["hexDigitsPlan", () => hexDigitsPlan({ position: 1000, jobs: 2 }), { digits: 16, position: 1000 }],
];

describe.each(promises)("a call of %s", (name, make, asked) => {
  it("is published from its start to its end, with what it did", async () => {
    const seen = listen();
    const result = await make();
    expect(seen.map(({ event }) => event)).toEqual(["start", "end", "asyncStart", "asyncEnd"]);
    expect(new Set(seen.map(({ call }) => call)).size).toBe(1);
    const [start, end, settled] = seen;
    expect(start).toMatchObject({ name, backend: undefined, queueTime: undefined, phases: [] });
    expect(end).toMatchObject({ name, backend, queueTime: undefined, phases: [], ...asked });
    expect(settled?.result).toBe(result);
    expect(Math.abs(Date.now() - (start?.startTime ?? 0))).toBeLessThan(60_000);
  });
});

describe.each(promises.slice(0, 3))("a call of %s", (_name, make) => {
  it("tells its memory, the time that it waited, and its phases one after the other", async () => {
    const seen = listen();
    const start = performance.now();
    await make();
    const elapsed = performance.now() - start;
    const { memory = 0, queueTime = -1, phases } = seen.at(-1)?.call ?? { phases: [] };
    const { memory: bytes, arrayMemory } = estimate(20_000);
    expect(memory).toBeGreaterThanOrEqual(Math.min(bytes, 20_000));
    expect(memory).toBeLessThanOrEqual(Math.max(bytes, arrayMemory));
    expect(phases.map((phase) => phase.name)).toEqual(["series", "division", "conversion", "result"]);
    expect(queueTime).toBeGreaterThanOrEqual(0);
    let time = queueTime;
    for (const { start, duration } of phases) {
      // Sums of floating-point numbers.
      expect(start).toBeGreaterThan(time - 1e-6);
      expect(duration).toBeGreaterThanOrEqual(0);
      time = start + duration;
    }
    expect(time).toBeLessThanOrEqual(elapsed);
  });
});

describe("a call that proves its digits", () => {
  it("tells of the proof", async () => {
    const seen = listen();
    await generateString(20_000, { verify: true });
    expect(seen.at(-1)?.phases.map(({ name }) => name)).toEqual([
      ...["series", "division", "verification", "conversion", "result"],
    ]);
  });
});

describe("a stream", () => {
  it("is over when it is closed", async () => {
    const seen = listen();
    await stream(200_000).toArray();
    await new Promise(setImmediate);
    expect(seen.map(({ event }) => event)).toEqual(["start", "end", "asyncStart", "asyncEnd"]);
    const { memory = 0, phases, ...rest } = seen[3] ?? { phases: [] };
    expect(rest).toMatchObject({ name: "stream", digits: 200_000, backend });
    expect(phases.map(({ name }) => name)).toEqual(["series", "division", "conversion"]);
    expect(memory).toBeGreaterThan(200_000);
  });

  it("fails with what it was destroyed with, once", async () => {
    const seen = listen();
    const reason = new Error("enough");
    const digits = stream(200_000);
    digits.on("error", () => undefined);
    digits.destroy(reason);
    await new Promise((resolve) => digits.on("close", resolve));
    expect(seen.map(({ event }) => event)).toEqual(["start", "end", "error", "asyncStart", "asyncEnd"]);
    expect(seen.at(-1)?.error).toBe(reason);
  });

  it("that is refused throws", () => {
    const seen = listen();
    expect(() => stream(-1)).toThrow(RangeError);
    expect(seen.map(({ event }) => event)).toEqual(["start", "error", "end"]);
  });
});

describe("a call that fails", () => {
  it.each([
    ["for its arguments", () => generate(-1), "ERR_OUT_OF_RANGE"],
    ["for its options", () => generate(1, { threads: 0 }), "ERR_OUT_OF_RANGE"],
    ["for memory", () => generate(1_000_000, { maxMemory: 1 }), "ERR_COMPUTE_PI_MEMORY"],
    ["in the engine", () => hexDigitsPartial({ ...job, to: 1e9 }), "ERR_OUT_OF_RANGE"],
  ])("%s is published with its error", async (_why, make, code) => {
    const seen = listen();
    const error: unknown = await make().catch((error: unknown) => error);
    expect(seen.map(({ event }) => event)).toEqual(["start", "end", "error", "asyncStart", "asyncEnd"]);
    expect(seen.slice(2).every((each) => each.error === error)).toBe(true);
    expect(error).toMatchObject({ code });
  });

  it("by its signal is published at once", async () => {
    const seen = listen();
    const controller = new AbortController();
    const call = generateBytes(30_000_000, { signal: controller.signal, maxMemory: Infinity });
    setTimeout(() => {
      controller.abort();
    }, 100);
    const error: unknown = await call.catch((error: unknown) => error);
    expect(error).toBe(controller.signal.reason);
    expect(seen.at(-1)).toMatchObject({ event: "asyncEnd", error });
    expect(seen.at(-1)?.phases.some(({ name }) => name === "result")).toBe(false);
  });
});

describe("functions without a promise", () => {
  it.each<[string, () => unknown]>([
    ["estimate", () => estimate(1000)],
    ["native", () => native()],
  ])("%s is published", (name, call) => {
    const seen = listen();
    const result = call();
    expect(seen.map(({ event }) => event)).toEqual(["start", "end"]);
    expect(seen[1]).toMatchObject({ name, backend });
    expect(seen[1]?.result).toBe(result);
  });

  it.each([
    ["hexDigitsMerge", hexDigitsMerge],
    ["hexDigitsCombine", hexDigitsCombine],
  ])("%s is published, with what it throws", async (name, call) => {
    const part = await hexDigitsPartial(job);
    const seen = listen();
    if (call === hexDigitsMerge) call([part]);
    else expect(() => call([part])).toThrow("do not add up");
    expect(() => call([])).toThrow("do not add up");
    const failed = ["start", "error", "end"];
    const first = call === hexDigitsMerge ? ["start", "end"] : failed;
    expect(seen.map(({ event }) => event)).toEqual([...first, ...failed]);
    expect(seen[first.length - 1]).toMatchObject({ name, backend, position: 1000 });
  });
});

describe("those who listen", () => {
  it("may bind a store to the start, for what the call does", async () => {
    const store = new AsyncLocalStorage<string>();
    tracing.start.bindStore(store, ({ name }) => name);
    onTestFinished(() => {
      tracing.start.unbindStore(store);
    });
    const seen: unknown[] = [];
    await generate(10, { onProgress: () => seen.push(store.getStore()) });
    expect(new Set(seen)).toEqual(new Set(["generate"]));
    expect(store.getStore()).toBe(undefined);
  });

  it("may listen to one event only", async () => {
    const names: unknown[] = [];
    const note = (message: unknown) => names.push((message as CallTrace).name);
    subscribe("tracing:compute-pi-rs:error", note);
    onTestFinished(() => {
      unsubscribe("tracing:compute-pi-rs:error", note);
    });
    await generate(5);
    await generate(1e6, { maxMemory: 1 }).catch((error: unknown) => {
      expect(error).toBeInstanceOf(MemoryLimitError);
    });
    expect(names).toEqual(["generate"]);
  });

  it("hear nothing of a call that was made before", async () => {
    const call = generate(5);
    const seen = listen();
    await call;
    expect(seen).toEqual([]);
  });

  it("get promises that fail where nobody else handles them as before", async () => {
    listen();
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    await generate(-1).catch(() => undefined);
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
  });
});
