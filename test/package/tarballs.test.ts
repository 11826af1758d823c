import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import { type Manifest, platformTargets, readManifest, root } from "../../scripts/lib/paths.mjs";
import { run, runOrThrow } from "@compute-pi-rs/steps";
import { tools } from "@compute-pi-rs/pinned-tools";

const { main, platform } = inject("published");
const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-unpacked-"));

function unpacked(name: string): string {
  return join(directory, name.replace("/", "-"), "package");
}

beforeAll(async () => {
  for (const { name, tarball } of [main, platform]) {
    const target = join(unpacked(name), "..");
    await runOrThrow("mkdir", [target]);
    await runOrThrow("tar", ["-xzf", tarball, "-C", target]);
  }
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe("the main package", () => {
  test("holds what it needs and nothing else", () => {
    expect(main.files).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/bridge.cjs",
      "dist/cli.cjs",
      "dist/cli.licences.txt",
      "dist/index.bundler.js",
      "dist/index.cjs",
      "dist/index.d.cts",
      "dist/index.d.ts",
      "dist/index.js",
      "dist/pi-relaxed.wasm",
      "dist/pi.wasm",
      "dist/wasm-worker.cjs",
      "dist/web/compute-pi.d.ts",
      "dist/web/compute-pi.js",
      "dist/web/compute-pi.licences.txt",
      "dist/web/pi-relaxed.js",
      "dist/web/pi.js",
      "dist/web/worker-source.js",
      "dist/web/worker.js",
      "dist/web/workerd.js",
      "package.json",
    ]);
  });

  test("is under 700 kB to download", () => {
    expect(statSync(main.tarball).size).toBeLessThan(700_000);
  });

  test("has one dependency, and every platform at its own version", () => {
    const manifest = readManifest(unpacked(main.name));
    expect(Object.keys(manifest.dependencies ?? {})).toEqual(["@neon-rs/load"]);
    const names = Object.keys(platformTargets()).map((name) => `@compute-pi-rs/${name}`);
    expect(manifest.optionalDependencies).toEqual(Object.fromEntries(names.map((name) => [name, manifest.version])));
  });

  test("runs nothing when it is installed", () => {
    const { scripts = {} } = readManifest(unpacked(main.name));
    for (const hook of ["preinstall", "install", "postinstall", "prepare"]) expect(scripts).not.toHaveProperty(hook);
  });

  test("satisfies publint", async () => {
    const result = await run(process.execPath, [tools.publint, main.tarball, "--strict"]);
    expect(result, result.stdout).toMatchObject({ exitCode: 0 });
    expect(result.stdout).toContain("All good!");
  });

  test("satisfies arethetypeswrong", async () => {
    // The part for browsers is an ES module, and needs a resolver that knows exports.
    const flags = ["--no-emoji", "--format", "ascii", "--exclude-entrypoints", "browser"];
    const result = await run(process.execPath, [tools.attw, main.tarball, ...flags]);
    expect(result, result.stdout).toMatchObject({ exitCode: 0 });
    expect(result.stdout).toContain("No problems found");
  });
});

describe("the platform package", () => {
  test("holds the binary, what its parts ask for, and nothing else", () => {
    expect(platform.files).toEqual(["LICENSE", "NOTICES.txt", "README.md", "index.node", "package.json"]);
    expect(readFileSync(join(unpacked(platform.name), "NOTICES.txt"), "utf8")).toMatch(/^neon \d/m);
  });

  test("satisfies publint", async () => {
    const result = await run(process.execPath, [tools.publint, platform.tarball, "--strict"]);
    expect(result, result.stdout).toMatchObject({ exitCode: 0 });
  });
});

// The binary here is a developer's build; `check:binaries` looks for such paths in those that are published.
test("no file of the main package names the machine that it was built on", () => {
  const traces = [root.replace(/\/$/, ""), homedir(), "sourceMappingURL"].filter((trace) => trace !== "/");
  const named = main.files.filter((file) => {
    const content = readFileSync(join(unpacked(main.name), file), "utf8");
    return traces.some((trace) => content.includes(trace));
  });
  expect(named).toEqual([]);
});

test("packing leaves the manifest in the tree as it was", () => {
  const manifest: Manifest = readManifest(root);
  expect(manifest).not.toHaveProperty("optionalDependencies");
});
