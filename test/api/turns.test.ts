import { availableParallelism } from "node:os";
import { readdirSync, readFileSync } from "node:fs";

import { afterEach, expect, it } from "vitest";

import { generateBytes, generateString, hexDigits, hexDigitsPartial } from "../../src/index";
import { FIRST_100 } from "./reference";

const FAR = 10_000_000_000_000;
const cpus = availableParallelism();

let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

/** Sums of days, whose progress is told one by one; they end when the test does. */
function farSums(count: number): number[] {
  const fractions = new Array<number>(count).fill(0);
  for (let sum = 0; sum < count; sum++) {
    const onProgress = ({ fraction }: { fraction: number }) => {
      fractions[sum] = fraction;
    };
    const options = { signal: stop.signal, onProgress };
    // Whole sums, and parts of sums.
    const call =
      sum % 2 === 0
        ? hexDigits(FAR, 8, options)
        : hexDigitsPartial({ position: FAR, count: 8, from: 1e9, to: 3e12 }, options);
    call.catch(() => undefined);
  }
  return fractions;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

it(
  "goes on with any number of far sums, none of which waits for the end of another",
  { timeout: 120_000 },
  async () => {
    const fractions = farSums(4 * cpus + 3);
    await until(() => fractions.every((fraction) => fraction > 0));
    const first = [...fractions];
    await until(() => fractions.every((fraction, sum) => fraction > (first[sum] ?? 0)));
  },
);

it("begins what is shorter beside far sums, and ends it", { timeout: 120_000 }, async () => {
  farSums(2 * cpus + 3);
  expect(await hexDigits(10_000, 16)).toBe("68AC8FCFB8016CBD");
  expect(await hexDigits(20_000_000, 8)).toHaveLength(8);
  expect(await generateString(100)).toBe(FIRST_100);
  expect(await generateBytes(1_000_000)).toHaveLength(1_000_000);
});

it("goes on with any number of far spigots", { timeout: 120_000 }, async () => {
  const count = 2 * cpus + 3;
  const begun = new Set<number>();
  for (let call = 0; call < count; call++) {
    const onProgress = ({ fraction }: { fraction: number }) => {
      if (fraction > 0) begun.add(call);
    };
    generateBytes(600_000, { algorithm: "spigot", signal: stop.signal, onProgress, maxMemory: Infinity }).catch(
      () => undefined,
    );
  }
  await until(() => begun.size === count);
});

it.runIf(process.platform === "linux")(
  "has no more than about twice as many threads as CPUs",
  { timeout: 120_000 },
  async () => {
    const fractions = farSums(3 * cpus);
    const calls = Array.from({ length: 12 }, (_, call) =>
      call % 3 === 0
        ? generateString(100)
        : generateBytes(call % 3 === 1 ? 300_000 : 2_000_000, { maxMemory: Infinity }),
    );
    let most = 0;
    const timer = setInterval(() => (most = Math.max(most, ourThreads())), 5);
    await Promise.all(calls);
    await until(() => fractions.every((fraction) => fraction > 0));
    clearInterval(timer);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2 * cpus + 2);
  },
);

/** The threads of this process that compute. */
function ourThreads(): number {
  return readdirSync("/proc/self/task").filter((thread) => {
    try {
      return readFileSync(`/proc/self/task/${thread}/comm`, "utf8") === "compute-pi\n";
    } catch {
      return false;
    }
  }).length;
}
