import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readManifest, root } from "../../scripts/lib/paths.mjs";
import { releaseSection, section } from "../../scripts/release/changelog.mjs";
import { disagreements, setCrateVersion, versionPlaces } from "../../scripts/release/versions.mjs";

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
        "crate/Cargo.lock, compute-pi",
        "crate/Cargo.lock, compute-pi-rs",
        ...platforms.map((platform) => `platforms/${platform}/package.json`),
      ]),
    );
  });
});

describe("setCrateVersion", () => {
  let tree: string;
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), "compute-pi-rs-versions-"));
    for (const { where } of versionPlaces()) {
      const file = where.replace(/,.*/, "");
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      cpSync(join(root, file), join(tree, file));
    }
    for (const crate of ["pi", "addon"]) {
      mkdirSync(join(tree, "crate", crate));
      cpSync(join(root, "crate", crate, "Cargo.toml"), join(tree, "crate", crate, "Cargo.toml"));
    }
  });
  afterEach(() => {
    rmSync(tree, { recursive: true });
  });

  it("moves the workspace and its lockfile, and no dependency", () => {
    const before = readFileSync(join(tree, "crate/Cargo.lock"), "utf8").split("\n");
    expect(setCrateVersion("98.7.6-rc.5", tree)).toEqual(["crate/Cargo.toml", "crate/Cargo.lock"]);
    const moved = versionPlaces(tree).filter(({ version }) => version === "98.7.6-rc.5");
    expect(moved.map(({ where }) => where)).toEqual([
      "crate/Cargo.toml",
      "crate/Cargo.lock, compute-pi-rs",
      "crate/Cargo.lock, compute-pi",
    ]);
    const after = readFileSync(join(tree, "crate/Cargo.lock"), "utf8").split("\n");
    expect(after.filter((line, index) => line !== before[index])).toHaveLength(2);
    expect(setCrateVersion("98.7.6-rc.5", tree)).toEqual([]);
  });

  it.each(["package.json", "platforms/linux-x64-gnu/package.json", "crate/Cargo.lock"])(
    "leaves nothing unnoticed: %s",
    (file) => {
      const path = join(tree, file);
      const { version } = readManifest(root);
      const text = readFileSync(path, "utf8");
      const own = file.endsWith(".lock") ? `name = "compute-pi"\nversion = "${version}"` : `"version": "${version}"`;
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
