import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { unzipSync } from "fflate";

import { functions, scripts } from "../../scripts/lambda/package/functions.mjs";
import { packageFunctions } from "../../scripts/lambda/package/package.mjs";

const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-zips-"));
// To compile the one in Rust for a second processor takes minutes: it is compiled, and runs, at night.
const kinds = { x86_64: functions, arm64: Object.keys(scripts) };
const archives = {
  ...(await packageFunctions({ directory, only: kinds.x86_64, for: ["x86_64"] })),
  ...(await packageFunctions({ directory, only: kinds.arm64, for: ["arm64"] })),
};
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function contents(name: string): Record<string, Uint8Array> {
  return unzipSync(readFileSync(archives[name] ?? ""));
}

/** The processor that an ELF file is for. */
function machine(binary: Uint8Array | undefined): number | undefined {
  return binary && Buffer.from(binary).readUInt16LE(18);
}

test("there is one for each function and architecture", () => {
  const expected = Object.entries(kinds).flatMap(([each, names]) => names.map((name) => `${name}-${each}`));
  expect(Object.keys(archives).sort()).toEqual(expected.sort());
});

test("the same sources give the same bytes", async () => {
  const again = join(directory, "again");
  const only = ["commonjs", "plain", "rust"];
  for (const [name, path] of Object.entries(
    await packageFunctions({ directory: again, only, for: ["x86_64"], anew: true }),
  )) {
    expect(readFileSync(path).equals(readFileSync(archives[name] ?? "")), name).toBe(true);
  }
});

describe.each([
  ["x86_64", "linux-x64-gnu", 62],
  ["arm64", "linux-arm64-gnu", 183],
] as const)("on %s", (architecture, platform, processor) => {
  test.each(["commonjs", "esm", "stream", "traced"])("%s carries one binary, for its processor", (name) => {
    const files = contents(`${name}-${architecture}`);
    const binaries = Object.keys(files).filter((path) => path.endsWith(".node"));
    expect(binaries).toEqual([`node_modules/@compute-pi-rs/${platform}/index.node`]);
    expect(machine(files[binaries[0] ?? ""])).toBe(processor);
    expect(Object.keys(files).filter((path) => !path.startsWith("node_modules/"))).toHaveLength(1);
  });

  test("plain is one file", () => {
    expect(Object.keys(contents(`plain-${architecture}`))).toEqual(["plain.mjs"]);
  });

  test.each(kinds[architecture])("%s is small", (name) => {
    expect(readFileSync(archives[`${name}-${architecture}`] ?? "").length).toBeLessThan(1_350_000);
  });
});

test("rust is one executable for its processor", () => {
  const files = contents("rust-x86_64");
  expect(Object.keys(files)).toEqual(["bootstrap"]);
  expect(machine(files.bootstrap)).toBe(62);
});

test("the plain handler gives digits of pi, and refuses what is no number of them", async () => {
  const file = join(directory, "plain.mjs");
  writeFileSync(file, contents("plain-x86_64")["plain.mjs"] ?? "");
  const { handler } = (await import(file)) as { handler: (event: unknown) => Promise<{ digits: number; pi: string }> };
  expect(await handler({ digits: 20 })).toEqual({ digits: 20, pi: "31415926535897932384" });
  expect(await handler({ digits: 0 })).toEqual({ digits: 0, pi: "" });
  await expect(handler({})).rejects.toThrow(RangeError);
});
