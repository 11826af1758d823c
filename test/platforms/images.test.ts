import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { rustVersion } from "../../scripts/binaries/rust-version.mjs";
import { platformTargets, root } from "../../scripts/lib/paths.mjs";
import { readToml } from "@compute-pi-rs/steps";

const cross = readToml(join(root, "Cross.toml")) as { target: Record<string, { dockerfile: string }> };
const images = Object.entries(cross.target).map(([target, { dockerfile: path }]) => ({ target, path }));
const glibcTargets = Object.values(platformTargets()).filter((target) => target.endsWith("-linux-gnu"));

test("Cross.toml names an image for each glibc target", () => {
  expect(images.map(({ target }) => target).sort()).toEqual([...glibcTargets].sort());
});

describe.each(images)("$path", ({ target, path }) => {
  const file = join(root, path);

  test("is there", () => {
    expect(existsSync(file)).toBe(true);
  });

  test("is Amazon Linux 2, by tag and digest", () => {
    expect(readFileSync(file, "utf8")).toMatch(/^FROM amazonlinux:2\.0\.\d{8}\.\d+@sha256:[0-9a-f]{64}$/m);
  });

  test("installs the workspace's Rust for its own processor, checked, and runs as no root", () => {
    const text = readFileSync(file, "utf8");
    expect(text).toContain(`ARG RUST_VERSION=${rustVersion}\n`);
    expect(text).toContain(`/opt/rustup/toolchains/\${RUST_VERSION}-${target}/bin:`);
    expect(text).toContain(`/${target}/rustup-init"`);
    expect(text).toContain("sha256sum --check");
    expect(text.trimEnd().split("\n").at(-1)).toBe("USER 1000:1000");
  });
});

test("the images differ in what depends on the processor only", () => {
  const [first = "", second = ""] = images.map(({ path }) => readFileSync(join(root, path), "utf8"));
  const neutral = (text: string) =>
    text
      .replaceAll(/x86[-_]64|aarch64|arm64|amd64/g, "CPU")
      .replaceAll(/[0-9a-f]{64}/g, "HASH")
      .replace(/^# GCC 7 .*\nENV CARGO_TARGET_.*\n\n/m, "");
  expect(neutral(second)).toBe(neutral(first));
});
