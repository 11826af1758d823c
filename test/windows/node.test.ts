import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { buildWithMingw } from "../../scripts/binaries/mingw.mjs";
import { windowsNodes } from "@compute-pi-rs/foreign-systems";
import { Windows } from "../../scripts/binaries/wine.mjs";
import { Registry } from "@compute-pi-rs/registry";
import { packMain, packPlatform } from "../../scripts/package/packed.mjs";
import { publishDependencies, stagePlatform } from "../../scripts/release/stage.mjs";

// The package as npm installs it for Windows, run by Windows' own Node.js as the release does there; only the linker is
// another.
const platform = "win32-x64-msvc";
const nodes = await windowsNodes();

let directory: string;
let windows: Windows | undefined;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-windows-"));
  const addon = await buildWithMingw();
  windows = await Windows.install();

  const registry = await Registry.start();
  try {
    await publishDependencies(registry);
    await registry.publish((await packPlatform(platform, addon, directory)).tarball);
    const main = await packMain(directory);
    await registry.publish(main.tarball);
    await stagePlatform(registry.url, platform, main.version, join(directory, platform));
  } finally {
    await registry.stop();
  }
  const installed = join(directory, platform, "node_modules", "@compute-pi-rs", platform, "index.node");
  expect(readFileSync(installed).equals(readFileSync(addon))).toBe(true);
});

afterAll(async () => {
  await windows?.dispose();
  rmSync(directory, { recursive: true, force: true });
});

test.each(nodes)("$name computes, aborts and works in worker threads that end", async ({ name, program }) => {
  const start = Date.now();
  const result = await windows?.run(program, ["check.cjs"], { cwd: join(directory, platform), timeout: 500_000 });
  expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  expect(result?.stdout).toContain(`"platform":"${platform}"`);
  console.log(`${name}: ${String(result?.stdout.trim())}, ${String((Date.now() - start) / 1000)} s`);
});
