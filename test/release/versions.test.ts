import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readManifest, root } from "../../scripts/lib/paths.mjs";
import { releaseSection, section } from "../../scripts/release/changelog.mjs";
import { disagreements, setVersion, versionPlaces } from "../../scripts/release/versions.mjs";

describe("the versions of the repository", () => {
  it("agree everywhere", () => {
    expect(disagreements()).toEqual([]);
  });

  it("are in every package, crate and lockfile", () => {
    const places = versionPlaces().map(({ where }) => where);
    const platforms = Object.keys(readManifest(root).neon?.platforms ?? {});
    expect(places).toEqual(
      expect.arrayContaining([
        "package-lock.json",
        "crate/Cargo.toml",
        "crate/Cargo.lock, compute-pi-rs",
        "crate/Cargo.lock, compute-pi-addon",
        ...platforms.map((platform) => `platforms/${platform}/package.json`),
      ]),
    );
  });
});

describe("setVersion", () => {
  let tree: string;
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), "compute-pi-rs-versions-"));
    for (const { where } of versionPlaces()) {
      const file = where.replace(/,.*/, "");
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      cpSync(join(root, file), join(tree, file));
    }
    const others = ["pi", "boundary", "addon", "allocator", "wasm"].map((crate) => `crate/${crate}/Cargo.toml`);
    const example = ["package.json", "package-lock.json"].map((file) => `examples/fleet-bullmq/${file}`);
    for (const file of [...others, ...example, "examples/lambda/package.json"]) {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      cpSync(join(root, file), join(tree, file));
    }
  });
  afterEach(() => {
    rmSync(tree, { recursive: true });
  });

  it("moves every crate, lockfile and example, and no dependency", () => {
    const { version } = readManifest(root);
    const before = readFileSync(join(tree, "crate/Cargo.lock"), "utf8").split("\n");
    setVersion("98.7.6-rc.5", tree);
    const left = versionPlaces(tree).filter(({ version: each }) => each === version);
    expect(left.every(({ where }) => where.endsWith("package.json") || where.startsWith("package-lock.json"))).toBe(
      true,
    );
    const after = readFileSync(join(tree, "crate/Cargo.lock"), "utf8").split("\n");
    expect(after.filter((line, index) => line !== before[index])).toHaveLength(5);
    const example = (file: string) => readFileSync(join(tree, "examples", file), "utf8");
    for (const file of ["lambda/package.json", "fleet-bullmq/package.json", "fleet-bullmq/package-lock.json"]) {
      expect(example(file)).toContain('"compute-pi-rs": "^98.7.6-rc.5"');
    }
    expect(example("fleet-bullmq/package-lock.json")).toContain('"@compute-pi-rs/linux-x64-gnu": "98.7.6-rc.5"');
    const written = versionPlaces(tree);
    setVersion("98.7.6-rc.5", tree);
    expect(versionPlaces(tree)).toEqual(written);
  });

  it("leaves no example behind that would install another version, or know other platforms", () => {
    const lock = "examples/fleet-bullmq/package-lock.json";
    for (const file of ["examples/lambda/package.json", "examples/fleet-bullmq/package.json", lock]) {
      const text = readFileSync(join(tree, file), "utf8");
      writeFileSync(join(tree, file), text.replace(/("compute-pi-rs": ")[^"]+"/, '$1^9.9.9"'));
      expect(disagreements(tree)).toEqual([expect.stringContaining(file)]);
      writeFileSync(join(tree, file), text);
    }
    const text = readFileSync(join(tree, lock), "utf8");
    writeFileSync(
      join(tree, lock),
      text.replace("node_modules/@compute-pi-rs/darwin-x64", "node_modules/@compute-pi-rs/plan9"),
    );
    expect(disagreements(tree)).toEqual([expect.stringContaining(lock)]);
  });

  it.each(["package.json", "platforms/linux-x64-gnu/package.json", "crate/Cargo.lock"])(
    "leaves nothing unnoticed: %s",
    (file) => {
      const path = join(tree, file);
      const { version } = readManifest(root);
      const text = readFileSync(path, "utf8");
      const own = file.endsWith(".lock") ? `name = "compute-pi-rs"\nversion = "${version}"` : `"version": "${version}"`;
      expect(text).toContain(own);
      writeFileSync(path, text.replace(own, own.replace(version, "9.9.9")));
      expect(disagreements(tree).join("\n")).toContain("9.9.9");
    },
  );
});

describe("the changelog", () => {
  const text = "# Changelog\n\n## Unreleased\n\n- Faster.\n\n## 1.0.0 - 2026-01-02\n\n- First.\n";

  it("gives the section of a version", () => {
    expect(section(text, "1.0.0")).toBe("- First.");
    expect(section(text, "Unreleased")).toBe("- Faster.");
    expect(section(text, "1.0")).toBeUndefined();
  });

  it("turns what is unreleased into a version, once", () => {
    const released = releaseSection(text, "1.1.0", "2026-02-03");
    expect(section(released, "1.1.0")).toBe("- Faster.");
    expect(section(released, "Unreleased")).toBe("");
    expect(releaseSection(released, "1.1.0", "2026-02-04")).toBe(released);
  });

  it("refuses a release that says nothing", () => {
    const released = releaseSection(text, "1.1.0", "2026-02-03");
    expect(() => releaseSection(released, "1.2.0", "2026-02-04")).toThrow("says nothing");
  });
});
