import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { ControlGroup, LambdaFunction, nodejsRuntimes } from "@compute-pi-rs/lambda-emulator";
import { runOrThrow } from "@compute-pi-rs/steps";
import { root } from "../../scripts/lib/paths.mjs";
import { deploy, zipOf } from "./deploy";
import { kept } from "../../tools/lambda-emulator/test/kept";

// The kernel kills what takes more than 128 MB, and gives it 128/1769 of a CPU once it has started, as Lambda does.
const problem = ControlGroup.problem();
if (problem !== undefined) console.log(`Not tested: 128 MB and a share of a CPU, since ${problem}`);

/** A function of the test itself, with the package as a zip file of examples/lambda brings it. */
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "compute-pi-rs-limits-"));
  await runOrThrow("unzip", ["-q", await zipOf("esm"), "-d", folder]);
  cpSync(fileURLToPath(new URL("functions", import.meta.url)), folder, { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.skipIf(problem !== undefined)("in 128 MB", () => {
  test("a function that takes more is killed: the limit is real", async () => {
    const hungry = kept(await LambdaFunction.deploy({ folder, handler: "hungry.handler", limits: true, timeout: 60 }));
    const { error } = await hungry.invoke({ megabytes: 200 });
    expect(error).toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringContaining("killed") as string,
    });
    const next = await hungry.invoke({ megabytes: 1 });
    expect(next.payload).toBe(1);
  });

  test("a function that waits for nothing gets its share of a CPU", async () => {
    const busy = kept(await LambdaFunction.deploy({ folder, handler: "busy.handler", limits: true, timeout: 60 }));
    await busy.invoke({ milliseconds: 100 });
    const { processorTime, duration } = await busy.invoke({ milliseconds: 2000 });
    expect(processorTime.invoke / duration).toBeLessThan(1.3 * (128 / 1769));
  });

  test.each(nodejsRuntimes)("five million digits as bytes fit, on %s", async (runtime) => {
    const result = await digest({ call: "generateBytes", digits: 5_000_001 }, runtime);
    expect(result).toEqual({ length: 5_000_001, sha256: published(5_000_000) });
  });

  test("twelve million digits as bytes fit, proved", async () => {
    const event = { call: "generateBytes", digits: 12_000_000, options: { verify: true }, hashed: 10_000_001 };
    const result = await digest(event, nodejsRuntimes[nodejsRuntimes.length - 1] ?? "");
    expect(result).toEqual({ length: 12_000_000, sha256: published(10_000_000) });
  });

  test.each(nodejsRuntimes)("a million digits through generate fit, on %s", async (runtime) => {
    const result = await digest({ call: "generate", digits: 1_000_001 }, runtime);
    expect(result).toEqual({ length: 1_000_001, sha256: published(1_000_000) });
  });

  test("a million digits fit into the answer of the example", async () => {
    const deployed = await deploy("commonjs", { limits: true, timeout: 240 });
    const { error, payload } = await deployed.invoke({ digits: 1_000_000 });
    expect(error).toBeUndefined();
    expect((payload as { pi: string }).pi).toHaveLength(1_000_000);
  });

  test.each(["commonjs", "esm", "stream"] as const)("%s refuses what does not fit, and lives on", async (name) => {
    const deployed = await deploy(name, { limits: true, timeout: 60 });
    const refused = await deployed.invoke({ digits: 30_000_000 });
    expect(refused.body.toString() + refused.log).toContain("ERR_COMPUTE_PI_MEMORY");
    const next = await deployed.invoke({ digits: 100 });
    expect(next.error).toBeUndefined();
    expect(next.initDuration).toBeUndefined();
  });
});

async function digest(event: object, runtime: string): Promise<unknown> {
  const settings = { folder, handler: "digests.handler", runtime, limits: true, timeout: 240 };
  const deployed = kept(await LambdaFunction.deploy(settings));
  const { error, payload, duration, processorTime, maxMemory } = await deployed.invoke(event);
  expect(error).toBeUndefined();
  const spent = `${(duration / 1000).toFixed(1)} s, ${processorTime.invoke.toFixed(0)} ms of them on a CPU`;
  console.log(`${JSON.stringify(event)} on ${runtime}: ${spent}, ${String(maxMemory)} MB`);
  return payload;
}

/** SHA-256 of "3." and that many decimals. */
function published(decimals: number): string {
  const table = readFileSync(join(root, "crate/pi/tests/data/checkpoints.tsv"), "utf8");
  const line = table.split("\n").find((text) => text.startsWith(`${String(decimals)}\t`));
  return line?.split("\t")[1] ?? "";
}
