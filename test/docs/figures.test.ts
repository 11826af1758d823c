import { readFileSync } from "node:fs";
import { relative } from "node:path";

import { describe, expect, it } from "vitest";

import { documents, figures, quoted } from "../../scripts/docs/figures.mjs";
import { plain } from "../../scripts/docs/markdown.mjs";
import { root } from "../../scripts/lib/paths.mjs";

const known = figures();
const texts = documents().map((file) => ({ file: relative(root, file), text: readFileSync(file, "utf8") }));
const quotes = texts.flatMap(({ file, text }) => quoted(text).map((quote) => ({ file, ...quote })));

describe("figures in prose", () => {
  it("are quoted, each of those that there are", () => {
    expect(new Set(quotes.map(({ name }) => name))).toEqual(new Set(Object.keys(known)));
  });

  it.each(quotes)(
    "say what was measured: $name in $file (else run node scripts/docs/figures.mjs)",
    ({ name, value }) => {
      expect(plain(value)).toBe(plain(known[name] ?? ""));
      expect(value).not.toMatch(/NaN|undefined|Infinity/);
    },
  );

  it("begin no line of prose, which Markdown would take for HTML up to its end", () => {
    const lines = texts.flatMap(({ text }) => text.split("\n"));
    expect(lines.filter((line) => /^[ -]*<!-- figure [\w-]+ -->./.test(line))).toEqual([]);
  });

  it("stand in tables that are quoted, too", () => {
    const typed = texts
      .filter(({ file }) => ["docs/performance.md", "docs/scale.md"].includes(file))
      .flatMap(
        ({ text }) =>
          text.replaceAll(/<!-- figure [\w-]+ -->[^]*?<!-- \/figure -->/g, "").match(/(?<=\n\n)\|.*/g) ?? [],
      )
      .map(plain);
    expect(typed).toEqual([]);
  });
});
