import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { readManifest, root } from "../../scripts/lib/paths.mjs";

const { scripts = {} } = readManifest(root);

const files = execFileSync("git", ["ls-files", "*.md", ".github"], { cwd: root, encoding: "utf8" }).trim().split("\n");
const texts = files.map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

/** The captures of a pattern in documents and workflows. */
function mentioned(pattern: RegExp) {
  return texts.flatMap(({ file, text }) => Array.from(text.matchAll(pattern), ([, name = ""]) => ({ file, name })));
}

/** The scripts that npm runs by itself. */
const lifeCycle = ["prepack", "postpack", "prepare", "preversion", "version"];
const named = mentioned(/\bnpm (?:run )?((?<=run )[\w:-]+|start|test)/g);

describe("the scripts of package.json", () => {
  it("are those that npm runs by itself, and those that documents and workflows name", () => {
    const names = new Set(named.map(({ name }) => name));
    expect(Object.keys(scripts).filter((name) => !lifeCycle.includes(name) && !names.has(name))).toEqual([]);
  });

  it("are there, where documents and workflows name them", () => {
    // The examples have manifests of their own, and so has what a template becomes.
    const ours = named.filter(({ file }) => !/^(examples|template)\//.test(file));
    expect(ours.filter(({ name }) => !(name in scripts))).toEqual([]);
  });
});

it.each(mentioned(/\bnode ((?:scripts|bench)\/[\w./-]+\.mjs)/g))("$file calls $name, which is there", ({ name }) => {
  expect(existsSync(join(root, name))).toBe(true);
});
