import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { installation, type Installation } from "../installation";

const run = promisify(execFile);

/** A code block of a document. */
interface Example {
  name: string;
  code: string;
}

/** The blocks of JavaScript and TypeScript in Markdown, or in the comments of a source file. */
function examplesOf(file: string, text: string): Example[] {
  const blocks = text.replace(/^ *\* ?/gm, "").matchAll(/^```[jt]s\n(.*?)^```/gms);
  return Array.from(blocks, ([, code = ""], index) => ({ name: `${file} ${index + 1}`, code }));
}

async function read(file: string): Promise<Example[]> {
  return examplesOf(file, await readFile(file, "utf8"));
}

const sources = (await readdir("src", { recursive: true })).filter((file) => file.endsWith(".ts")).sort();
const examples = (await Promise.all(["README.md", ...sources.map((file) => join("src", file))].map(read))).flat();

let installed: Installation;

beforeAll(async () => {
  installed = await installation();
});

afterAll(() => installed.remove());

describe("the examples of the documents", () => {
  it("are found", () => {
    expect(examples.filter(({ name }) => name.startsWith("README.md")).length).toBeGreaterThanOrEqual(5);
    expect(examples.filter(({ name }) => name.startsWith("src")).length).toBeGreaterThan(7);
  });

  it("begin with one that works in a new project as npm makes it", async () => {
    const file = join(installed.folder, "index.js");
    await writeFile(join(installed.folder, "package.json"), JSON.stringify({ name: "new", main: "index.js" }));
    await writeFile(file, examples[0]?.code ?? "");
    // Node.js before 22.7 does not guess that a file is an ES module.
    const { stdout } = await run(process.execPath, [file], { cwd: installed.folder });
    expect(stdout).toBe("[ 3, 1, 4, 1, 5 ]\n");
  });

  it.each(examples)("run, and print what they say after `// =>`: $name", async ({ name, code }) => {
    const isCommonJs = code.includes("require(");
    const file = join(installed.folder, `${name.replace(/\W+/g, "-")}.${isCommonJs ? "cjs" : "mjs"}`);
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
    await writeFile(file, ts.transpileModule(code, { compilerOptions }).outputText);
    const { stdout } = await run(process.execPath, [file], { cwd: installed.folder });
    const said = Array.from(code.matchAll(/\/\/ => (.*)/g), ([, text]) => text);
    if (said.length > 0) expect(stdout.trimEnd().split("\n")).toEqual(said);
  });
});
