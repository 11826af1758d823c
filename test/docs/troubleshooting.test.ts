import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { root } from "../../scripts/lib/paths.mjs";

const readme = readFileSync(join(root, "README.md"), "utf8");
const section = /^## Troubleshooting\n([^]*?)^## /m.exec(readme)?.[1] ?? "";

const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(root, "src", file), "utf8"))
  .join("\n");

/** Codes that something is given, not those that are looked for in errors of Node.js. */
const codes = [...sources.matchAll(/code(?: =|:) "([A-Z_]+)"/g)].map(([, code]) => String(code));

const problems = /export type NativeBinaryProblem =([^]*?);/.exec(sources)?.[1]?.match(/(?<=\| ")\w+/g) ?? [];

it("finds the codes and the problems", () => {
  expect(codes.length).toBeGreaterThan(8);
  expect(problems.length).toBeGreaterThan(6);
});

it.each([...new Set(codes)])("the README says what to do about %s", (code) => {
  expect(section).toContain(`\`${code}\``);
});

it.each(problems)("the README says what to do about a binary that is %s", (problem) => {
  expect(section).toContain(`\`problem: "${problem}"\``);
});
