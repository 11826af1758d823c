import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unzipSync } from "fflate";

import { linkedCrates } from "@compute-pi-rs/addon-release";
import { addonManifest, readManifest, root } from "../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { addonBom, bundled, packageBom } from "../../scripts/release/sbom.mjs";
import { filesIn, zipFolder } from "../../scripts/release/zip.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compute-pi-rs-assets-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("zipFolder", () => {
  function fill(name: string, files: string[]): string {
    const directory = join(folder, name);
    for (const file of files) {
      mkdirSync(join(directory, file, ".."), { recursive: true });
      writeFileSync(join(directory, file), `contents of ${file}`);
    }
    return directory;
  }

  it("packs the same contents into the same bytes, whatever their order and age", () => {
    const first = fill("first", ["b/c.js", "a.js"]);
    const second = fill("second", ["a.js", "b/c.js"]);
    utimesSync(join(second, "a.js"), new Date(0), new Date(0));
    const archive = zipFolder(first, "nodejs");
    expect(Buffer.from(zipFolder(second, "nodejs")).equals(Buffer.from(archive))).toBe(true);
    const entries = unzipSync(archive);
    expect(Object.keys(entries)).toEqual(["nodejs/a.js", "nodejs/b/c.js"]);
    expect(Buffer.from(entries["nodejs/b/c.js"] ?? []).toString()).toBe("contents of b/c.js");
  });

  it("keeps what is executable so", async () => {
    const directory = fill("modes", ["run", "read"]);
    chmodSync(join(directory, "run"), 0o700);
    writeFileSync(join(folder, "out.zip"), zipFolder(directory, "x"));
    const python =
      "import sys,zipfile\nfor i in zipfile.ZipFile(sys.argv[1]).infolist(): print(i.filename, oct(i.external_attr >> 16))";
    const { stdout } = await runOrThrow("python3", ["-c", python, join(folder, "out.zip")]);
    expect(stdout).toBe("x/read 0o100644\nx/run 0o100755\n");
  });
});

describe("the bill of materials", () => {
  it("names what is installed and what is bundled, and no tool", async () => {
    const bom = JSON.parse(await packageBom()) as { components: { name: string }[] };
    const names = bom.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["@neon-rs/load", "commander"]));
    expect(names).not.toContain("typescript");
  });

  it("names the crates that are linked into a binary, and nothing that only builds it", async () => {
    interface Component {
      name: string;
      purl: string;
      licenses: unknown[];
    }
    const bom = JSON.parse(await addonBom()) as { components: Component[]; dependencies: { ref: string }[] };
    const names = bom.components.map(({ name }) => name);
    const linked = await linkedCrates(addonManifest, "x86_64-unknown-linux-gnu");
    expect(linked.length).toBeGreaterThan(10);
    expect(names).toEqual(expect.arrayContaining(linked.map(({ name }) => name)));
    expect(names).toContain("compute-pi-rs");
    for (const tool of ["syn", "quote", "proptest", "criterion"]) expect(names).not.toContain(tool);
    for (const { name, purl, licenses } of bom.components) {
      expect(purl).toMatch(new RegExp(`^pkg:cargo/${name}@`));
      expect(licenses).toHaveLength(1);
    }
    expect(bom.dependencies).toHaveLength(bom.components.length + 1);
  });

  it("knows every library of others that the sources import", () => {
    const sources = filesIn(join(root, "src")).map((file) => readFileSync(join(root, "src", file), "utf8"));
    const imported = sources.flatMap((text) =>
      Array.from(text.matchAll(/^(?:import|export)[^;]*? from "([^."][^"]*)"/gm), ([, name]) => String(name)),
    );
    const libraries = new Set(imported.filter((name) => !/^(node:|@compute-pi-rs\/)/.test(name)));
    expect([...libraries].sort()).toEqual([...Object.keys(readManifest(root).dependencies ?? {}), ...bundled].sort());
  });
});

describe("github-release", () => {
  /** A stand-in for GitHub's program, which notes how it was called. */
  async function release(tag: string, exists: boolean): Promise<string[]> {
    const calls = join(folder, "calls");
    const assets = join(folder, "assets");
    mkdirSync(assets);
    for (const file of ["notes.md", "SHA256SUMS", "layer.zip"]) writeFileSync(join(assets, file), "");
    const script = `#!/bin/sh\necho "$@" >> "${calls}"\n[ "$2" != view ] || exit ${exists ? 0 : 1}\n`;
    writeFileSync(join(folder, "gh"), script, { mode: 0o755 });
    const env = { ...process.env, PATH: [folder, process.env.PATH].join(delimiter) };
    await runOrThrow("node", [join(root, "scripts/release/github-release.mjs"), tag, assets], { env });
    return readFileSync(calls, "utf8").replaceAll(`${assets}/`, "").trim().split("\n");
  }

  it("is a draft until its assets are there", async () => {
    expect(await release("v1.2.3", false)).toEqual([
      "release view v1.2.3",
      "release create v1.2.3 --verify-tag --draft --title v1.2.3 --notes-file notes.md",
      "release upload v1.2.3 --clobber SHA256SUMS layer.zip",
      "release edit v1.2.3 --draft=false",
    ]);
  });

  it("completes one that is there", async () => {
    const [view, upload] = await release("v1.2.3", true);
    expect([view, upload]).toEqual(["release view v1.2.3", "release upload v1.2.3 --clobber SHA256SUMS layer.zip"]);
  });

  it("says of a pre-release that it is one", async () => {
    expect((await release("v2.0.0-rc.1", false))[1]).toMatch(/ --prerelease --latest=false$/);
  });
});
