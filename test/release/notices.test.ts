import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { licenceText, linkedCrates, notices } from "@compute-pi-rs/addon-release";
import { runOrThrow } from "@compute-pi-rs/steps";
import { addonManifest, platformTargets } from "../../scripts/lib/paths.mjs";

describe("the notices of a binary", () => {
  it.each(Object.entries(platformTargets()))(
    "of %s name every crate that is linked in, with its terms",
    async (_, target) => {
      const text = await notices(addonManifest, target);
      const linked = await linkedCrates(addonManifest, target);
      for (const crate of linked) {
        expect(text).toContain(`\n${crate.name} ${crate.version} (`);
        expect(text).toContain(licenceText(crate));
      }
      // Counted in another way: what cargo would compile for it, less what is this project's or a macro's.
      const args = ["tree", "--locked", "--manifest-path", addonManifest, "--target", target];
      const format = ["--edges", "normal,no-proc-macro", "--prefix", "depth", "--format", " {p}"];
      const { stdout } = await runOrThrow("cargo", [...args, ...format]);
      const others = stdout.split("\n").flatMap((line) => /^\d+ (\S+ v\S+)(?: \(\*\))?$/.exec(line)?.[1] ?? []);
      expect(new Set(others)).toEqual(new Set(linked.map(({ name, version }) => `${name} v${version}`)));
      expect(linked.map(({ name }) => name)).toEqual(
        expect.arrayContaining(["neon", "tokio", "libloading", "num-bigint"]),
      );
    },
  );
});

describe("licenceText", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "compute-pi-rs-notices-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function crate(name: string, license: string, files: Record<string, string>) {
    mkdirSync(join(folder, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
    const manifest_path = join(folder, name, "Cargo.toml");
    return { name, version: "1.0.0", license, authors: ["A Person <a@example.org>"], source: "x", manifest_path };
  }

  it("is that of MIT where there is a choice", () => {
    const files = { "LICENSE-APACHE": "apache", "LICENSE-MIT.txt": "mit\n" };
    expect(licenceText(crate("choice", "MIT OR Apache-2.0", files))).toBe("mit");
    expect(licenceText(crate("one", "ISC", { LICENSE: "isc" }))).toBe("isc");
    expect(licenceText(crate("first", "CC0-1.0 OR Apache-2.0", { LICENSE_A2: "a", LICENSE_CC0: "cc0" }))).toBe("cc0");
    expect(licenceText(crate("none", "MIT/Apache-2.0", {}))).toContain("Copyright (c) A Person\n");
  });

  it("is missed where a crate brings none", () => {
    expect(() => licenceText(crate("apache", "Apache-2.0", {}))).toThrow("apache 1.0.0 (Apache-2.0) brings no text");
    expect(() => licenceText(crate("other", "MIT OR Zlib", { "LICENSE-ZLIB": "z" }))).toThrow("brings no text");
  });
});
