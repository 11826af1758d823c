import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { platformManifest } from "@compute-pi-rs/addon-release";
import { platformTargets, readManifest, root } from "../../scripts/lib/paths.mjs";
import { readToml } from "@compute-pi-rs/steps";

// The list of platforms is `neon.platforms` in package.json; all else follows it.
const targets = platformTargets();
const platforms = Object.keys(targets).sort();
const main = readManifest(root);

test("every platform has a package, and every package a platform", () => {
  expect(readdirSync(join(root, "platforms")).sort()).toEqual(platforms);
});

test("the crates have the version of the package", () => {
  expect(readToml(join(root, "crate", "Cargo.toml"))).toMatchObject({
    workspace: { package: { version: main.version } },
  });
});

describe.each(platforms)("platforms/%s", (platform) => {
  const directory = join(root, "platforms", platform);
  const manifest = readManifest(directory);
  const [os = "", cpu = "", abi = ""] = platform.split("-");
  const libc = abi.startsWith("gnu") ? ["glibc"] : abi === "musl" ? ["musl"] : undefined;

  test("is installed on the machines that it is for", () => {
    expect(manifest).toMatchObject({ os: [os], cpu: [cpu], engines: main.engines });
    expect(manifest.libc).toEqual(libc);
  });

  test("is told to @neon-rs/cli as the main package tells it", () => {
    expect(manifest.neon).toMatchObject({ type: "binary", rust: targets[platform], node: platform, os, arch: cpu });
  });

  test("can be published next to the main package", () => {
    expect(manifest).toMatchObject({
      name: `@compute-pi-rs/${platform}`,
      version: main.version,
      license: main.license,
      main: "index.node",
      files: ["index.node", "NOTICES.txt"],
      preferUnplugged: true,
      publishConfig: { access: "public", provenance: true },
      repository: { ...main.repository, directory: `platforms/${platform}` },
    });
    expect(readFileSync(join(directory, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
    expect(readFileSync(join(directory, "README.md"), "utf8")).toContain(`# ${manifest.name}`);
  });

  test("is as the release's tools would write it", () => {
    const { description } = manifest;
    expect(manifest).toMatchObject({ ...platformManifest(main, platform), description });
  });
});
