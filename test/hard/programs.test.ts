import { expect, test } from "vitest";

import { ControlGroup } from "@compute-pi-rs/lambda-emulator";
import { sweepAddressSpace } from "./runs/address-space.mjs";
import { crowdControlGroup } from "./runs/crowd.mjs";
import { compareEstimate } from "./runs/estimate.mjs";
import { withManyCpus } from "./runs/many-cpus.mjs";
import { runProgram } from "./runs/program.mjs";

// Short runs of what `npm run soak` runs for longer.

test("hostile arguments break nothing", async () => {
  const { functions, rejected, thrown, resolved, streamed, returned } = await runProgram("fuzz", [20_000]);
  expect(functions).toBeGreaterThan(8);
  const ends = [rejected, thrown, resolved, streamed, returned].map(Number);
  for (const count of ends) expect(count).toBeGreaterThan(0);
  expect(ends.reduce((sum, count) => sum + count)).toBe(20_000);
});

test("worker threads may end in any way while they compute", async () => {
  expect(await runProgram("workers", [30])).toEqual({ threads: 30, finished: 10, exited: 10, terminated: 10 });
});

test("a process that exits while it computes ends by its exit code, not by a signal", async () => {
  expect(await runProgram("exits", [12])).toEqual({ processes: 12 });
});

test("a thousand calls at a time leave the event loop and the memory alone", async () => {
  const { calls, right, aborted, delayP99, mebibytes } = await runProgram("load", [10]);
  expect(Number(right) + Number(aborted)).toBe(calls);
  expect(aborted).toBeGreaterThan(0);
  // A second, for a machine that does something else besides: docs/reliability.md has the figures of one at rest.
  expect(delayP99).toBeLessThan(1000);
  expect(mebibytes).toBeLessThan(500);
});

test.runIf(process.platform === "linux")("a refused allocation is a rejection, and the process goes on", async () => {
  expect(await runProgram("allocation", [33_000_000, 80])).toEqual({ rejections: 5 });
});

test("an array that V8 cannot hold is refused before any work", async () => {
  const { refused, length } = await runProgram("small-heap", [], { nodeOptions: ["--max-old-space-size=64"] });
  expect({ refused, length }).toEqual({ refused: 8 * 33_000_000, length: 1_000_000 });
});

test.runIf(process.platform === "linux")("calls that fit singly are not killed together", async () => {
  const said = await runProgram("account", [], { nodeOptions: ["--expose-gc", "--max-old-space-size=60"] });
  expect(said).toEqual({
    together: ["short 3141592653", "first done", "second done"],
    aborted: ["second AbortError", "first done"],
    unchecked: ["unchecked done", "checked done"],
    stream: ["ERR_COMPUTE_PI_MEMORY", "done"],
    heap: [3_000_000, 3_000_000, 3_000_000, 3_000_000],
    full: ["ERR_COMPUTE_PI_MEMORY", 18],
  });
});

test.skipIf(ControlGroup.problem())(
  "a crowd of calls is not killed where a control group above is limited",
  async () => {
    const { calls, results, refused, aborted } = await crowdControlGroup(3);
    expect(Number(results) + Number(refused) + Number(aborted)).toBe(calls);
    expect(results).toBeGreaterThan(0);
  },
);

test.runIf(process.platform === "linux")("short, long and endless calls all go on, on few threads", async () => {
  const { steps, calls, threads, cpus } = await runProgram("turns", [2]);
  expect(steps).toBeGreaterThan(0);
  expect(calls).toBeGreaterThan(1);
  expect(threads).toBeLessThanOrEqual(2 * Number(cpus) + 2);
});

test.runIf(process.platform === "linux").each([
  ["generateBytes", 1_000_000, 1],
  ["generateBytes", 5_000_000, 2],
  ["generateString", 2_000_000, 1],
  ["generate", 3_000_000, 2],
  ["generate", 30_000, 1],
  ["generate", 100_000, 2],
])("the estimate for %s(%d) on %d threads holds", async (name, digits, threads) => {
  expect(await compareEstimate(name, digits, threads)).toBeGreaterThanOrEqual(1);
});

test.runIf(process.platform === "linux")("the estimate holds where many subtrees are summed at once", async () => {
  const ratio = await withManyCpus((environment) => compareEstimate("generateBytes", 14_000_000, 16, environment(16)));
  expect(ratio).toBeGreaterThanOrEqual(1);
});

test.runIf(process.platform === "linux")(
  "where address space is short, calls give their results or reject, on any number of CPUs and threads",
  async () => {
    const cases = [
      { name: "generateBytes", digits: 100_000, threads: 0, cpus: 64 },
      { name: "generateBytes", digits: 300_000, threads: 1024, cpus: 16 },
      { name: "hexDigits", digits: 3000, threads: 1, cpus: 2 },
      { name: "hexDigitsMerge", digits: 0, threads: 0, cpus: 2 },
    ];
    const { results, rejections } = await sweepAddressSpace(cases, [500, 3000, 9000, 40_000]);
    expect(results).toBeGreaterThan(0);
    expect(rejections).toBeGreaterThan(0);
  },
);
