import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { run } from "@compute-pi-rs/steps";
import { root } from "../../scripts/lib/paths.mjs";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "compute-pi-rs-shared-test-"));
});
afterEach(() => {
  rmSync(base, { recursive: true });
});

describe("what the checks of a run share", () => {
  const module = JSON.stringify(join(root, "scripts", "lib", "shared.mjs"));
  const program = `
    import { appendFileSync } from "node:fs";
    import { shared } from ${module};
    await shared("thing", async () => appendFileSync(process.argv[1], "made "));`;

  async function timesMade(count: number, checkout: string): Promise<number> {
    writeFileSync(join(base, "checkout"), checkout);
    const log = join(base, "log");
    writeFileSync(log, "");
    const env = { ...process.env, COMPUTE_PI_RS_SHARED: base };
    const args = ["--input-type=module", "--eval", program, log];
    const results = await Promise.all(Array.from({ length: count }, () => run(process.execPath, args, { env })));
    for (const { exitCode, stderr } of results) expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    return readFileSync(log, "utf8").split(" ").length - 1;
  }

  it("is made by one of its processes", async () => {
    expect(await timesMade(3, root)).toBe(1);
  });

  it("is none of another checkout's", async () => {
    expect(await timesMade(2, "/somewhere/else/")).toBe(2);
  });
});
