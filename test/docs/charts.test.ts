import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "node-html-parser";
import { describe, expect, it } from "vitest";

const folder = join(import.meta.dirname, "../../docs");

describe.each(readdirSync(folder).filter((name) => name.endsWith(".svg")))("the chart %s", (name) => {
  const svg = parse(readFileSync(join(folder, name), "utf8")).querySelector("svg");

  it("takes its colour from the scheme of the page", () => {
    expect(svg?.getAttribute("fill")).toBe("currentColor");
    expect(svg?.querySelector("style")?.text).toMatch(
      /:root \{ color-scheme: light dark; color: #\w+ \} @media \(prefers-color-scheme: dark\)/,
    );
    // Colours of the element itself, and of what is drawn, would win over the scheme's.
    expect(svg?.getAttribute("style")).not.toMatch(/(^|[ ;])color *:/);
    const fixed = svg
      ?.querySelectorAll("[fill], [stroke]")
      .flatMap((element) => [element.getAttribute("fill"), element.getAttribute("stroke")]);
    for (const colour of ["black", "white", "#000", "#fff", "#000000", "#ffffff"]) expect(fixed).not.toContain(colour);
  });
});
