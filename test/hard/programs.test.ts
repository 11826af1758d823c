import { expect, test } from "vitest";

import { runProgram } from "../../scripts/soak/program.mjs";

// Short runs of what `npm run soak` runs for longer.

test("hostile arguments break nothing", async () => {
  const { functions, rejected, thrown, resolved } = await runProgram("fuzz", [20_000]);
  expect(functions).toBeGreaterThan(8);
  for (const count of [rejected, thrown, resolved]) expect(count).toBeGreaterThan(0);
});

test("worker threads may end in any way while they compute", async () => {
  expect(await runProgram("workers", [30])).toEqual({ threads: 30, finished: 10, exited: 10, terminated: 10 });
});

test("a process that exits while it computes ends by its exit code, not by a signal", async () => {
  expect(await runProgram("exits", [12])).toEqual({ processes: 12 });
});
