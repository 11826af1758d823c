import { readFileSync } from "node:fs";
import { relative } from "node:path";

import { describe, expect, it } from "vitest";

import { documents, figures, quoted } from "../../scripts/docs/figures.mjs";
import { root } from "../../scripts/lib/paths.mjs";

const known = figures();
const quotes = documents().flatMap((file) =>
  quoted(readFileSync(file, "utf8")).map((quote) => ({ file: relative(root, file), ...quote })),
);

describe("figures in prose", () => {
  it("are quoted, each of those that there are", () => {
    expect(new Set(quotes.map(({ name }) => name))).toEqual(new Set(Object.keys(known)));
  });

  it.each(quotes)(
    "say what was measured: $name in $file (else run node scripts/docs/figures.mjs)",
    ({ name, value }) => {
      expect(value).toBe(known[name]);
      expect(value).not.toMatch(/NaN|undefined|Infinity/);
    },
  );
});
