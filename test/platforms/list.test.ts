import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { platformTargets, readManifest, root } from "../../scripts/lib/paths.mjs";
import { matrices } from "../../scripts/workflows/matrix.mjs";
import { packages } from "../../src/native/packages";

const main = readManifest(root);
const targets = platformTargets();
const platforms = Object.keys(targets);

/** npm's words for a platform, from its name and its Rust target. */
function expected(platform: string) {
  const [os = "", cpu = "", abi = null] = platform.split("-");
  const libc = new Map([
    ["gnu", ["glibc"]],
    ["gnueabihf", ["glibc"]],
    ["musl", ["musl"]],
  ]).get(os === "linux" ? (abi ?? "") : "");
  return { os, cpu, abi, libc };
}

test("every platform of neon.platforms has its folder, and no other has", () => {
  expect(readdirSync(join(root, "platforms")).sort()).toEqual([...platforms].sort());
});

test("the loader knows the same platforms, and asks for the package of each", () => {
  const { binaries } = packages();
  expect(Object.keys(binaries)).toEqual(platforms);
  // None of them is installed in a checkout.
  for (const platform of platforms) expect(binaries[platform]).toThrow(`'@compute-pi-rs/${platform}'`);
});

test("the workflows build all of them, and test each that a runner can load", () => {
  const { build, native, image } = matrices();
  expect(build.include.map(({ platform, target }) => [platform, target])).toEqual(Object.entries(targets));
  const tested = new Set([...native.include, ...image.include].map(({ platform }) => platform));
  expect([...tested].sort()).toEqual([...platforms].sort());
});

test("the README and docs/building.md name all of them, and no other", () => {
  for (const path of ["README.md", "docs/building.md"]) {
    const rows = readFileSync(join(root, path), "utf8").match(/^\| `.*$/gm) ?? [];
    const named = rows.flatMap((row) =>
      Array.from(row.matchAll(/`((?:linux|darwin|win32)-[\w-]+)`/g), ([, name]) => name),
    );
    expect(named.sort(), path).toEqual([...platforms].sort());
  }
});

test("the dependencies on them, where they are written down, are these", () => {
  const written = Object.keys(main.optionalDependencies ?? {});
  if (written.length > 0) expect(written.sort()).toEqual(platforms.map((name) => `@compute-pi-rs/${name}`).sort());
});

describe.each(Object.entries(targets))("%s", (platform, rust) => {
  const directory = join(root, "platforms", platform);
  const manifest = readManifest(directory);
  const { os, cpu, abi, libc } = expected(platform);

  test("its manifest says what the list says", () => {
    expect(manifest).toMatchObject({
      name: `@compute-pi-rs/${platform}`,
      version: main.version,
      license: main.license,
      repository: { ...main.repository, directory: `platforms/${platform}` },
      engines: main.engines,
      os: [os],
      cpu: [cpu],
      main: "index.node",
      files: ["index.node", "NOTICES.txt"],
      preferUnplugged: true,
      publishConfig: { access: "public", provenance: true },
      neon: { type: "binary", rust, node: platform, os, arch: cpu, abi },
    });
    expect(manifest.libc).toEqual(libc);
  });

  test("it has the licence and a description", () => {
    expect(readFileSync(join(directory, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
    expect(readFileSync(join(directory, "README.md"), "utf8")).toContain(`# @compute-pi-rs/${platform}\n`);
    expect(manifest.description).toMatch(/^The prebuilt binary of compute-pi-rs for .+/);
  });

  test("it has no dependencies and no scripts", () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.scripts).toBeUndefined();
    expect(existsSync(join(directory, "binding.gyp"))).toBe(false);
  });
});
