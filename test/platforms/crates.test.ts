import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { root } from "../../scripts/lib/paths.mjs";

/** Every crate but this project's own that the addon is built of, on any platform: `NAME VERSION LICENCE`. */
function built() {
  const manifest = ["--manifest-path", join(root, "crate", "Cargo.toml"), "--locked"];
  const choice = ["--package", "compute-pi-addon", "--edges", "normal,no-proc-macro", "--target", "all"];
  const format = ["--prefix", "none", "--format", "{p}|{l}"];
  const lines = execFileSync("cargo", ["tree", ...manifest, ...choice, ...format], { encoding: "utf8" }).split("\n");
  const crates = lines.flatMap((line) => {
    const [, name, version, licence] = /^(\S+) v(\S+)\|(.*?)(?: \(\*\))?$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, version, licence].join(" ")];
  });
  return [...new Set(crates)].sort();
}

test("docs/crates.md lists what the addon is built of", () => {
  const text = readFileSync(join(root, "docs", "crates.md"), "utf8");
  const rows = Array.from(text.matchAll(/^\| `(\S+)` *\| (\S+) *\| (.+?) *\|/gm), (row) => row.slice(1, 4).join(" "));
  expect(rows.sort()).toEqual(built());
});
