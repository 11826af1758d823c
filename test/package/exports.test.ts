import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { installedProject } from "./project";

const consumer = await installedProject();
const dist = join(consumer.directory, "node_modules", "compute-pi-rs", "dist");

async function printed(file: string, source: string): Promise<unknown> {
  consumer.write(file, source);
  return JSON.parse((await consumer.runOrThrow(process.execPath, [file])).stdout);
}

test("a test double takes the place of any function", async () => {
  const program = `
    const pi = require("compute-pi-rs");
    const kinds = Object.values(Object.getOwnPropertyDescriptors(pi)).filter(({ enumerable }) => enumerable);
    console.log(JSON.stringify(kinds.every(({ writable, configurable }) => writable && configurable)));`;
  expect(await printed("double.cjs", program)).toBe(true);
});

test("an ES module sees every name that CommonJS has, and the same classes", async () => {
  const program = `
    import * as imported from "compute-pi-rs";
    import { createRequire } from "node:module";
    const required = createRequire(import.meta.url)("compute-pi-rs");
    const names = Object.keys(required).sort();
    console.log(JSON.stringify(names.length > 10 && names.every((name) => imported[name] === required[name])));`;
  expect(await printed("names.mjs", program)).toBe(true);
});

test("an error of another copy of the package is an instance of the class, and one of a derived class is not", async () => {
  cpSync(join(dist, ".."), join(consumer.directory, "node_modules", "copy"), { recursive: true });
  const program = `
    const [one, other] = [require("compute-pi-rs"), require("./node_modules/copy/dist/index.cjs")];
    class Derived extends one.MemoryLimitError {}
    const problem = (pi) => { try { pi.hexDigitsCombine([]); } catch (error) { return error; } };
    (async () => {
      const memory = await other.generate(1e6, { maxMemory: 1 }).catch((error) => error);
      console.log(JSON.stringify({
        copies: one.MemoryLimitError !== other.MemoryLimitError,
        memory: memory instanceof one.MemoryLimitError,
        parts: problem(other) instanceof one.HexPartsError,
        otherClass: memory instanceof one.HexPartsError,
        derived: memory instanceof Derived,
        nothing: [null, undefined, 1, {}].some((value) => value instanceof one.MemoryLimitError),
      }));
    })();`;
  expect(await printed("copies.cjs", program)).toEqual({
    ...{ copies: true, memory: true, parts: true },
    ...{ otherClass: false, derived: false, nothing: false },
  });
});

test.each([
  ["CommonJS", "polluted.cjs", 'const { generate } = require("compute-pi-rs");'],
  ["ES module", "polluted.mjs", 'const { generate } = await import("compute-pi-rs");'],
])("works as %s when Object.prototype was added to", async (_format, file, load) => {
  const program = `
    Object.prototype.stray = 1;
    Object.prototype.threads = undefined;
    ${load}
    generate(3).then((digits) => console.log(JSON.stringify(digits)));`;
  expect(await printed(file, program)).toEqual([3, 1, 4]);
});

test("the lines that Node.js shows of an uncaught error can be read", async () => {
  for (const file of ["index.cjs", "cli.cjs"]) {
    const lines = readFileSync(join(dist, file), "utf8").split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(file === "index.cjs" ? 300 : 1000);
  }
  consumer.write("uncaught.cjs", 'require("compute-pi-rs").generate(1e6, { maxMemory: 1 });');
  const { stderr } = await consumer.run(process.execPath, ["uncaught.cjs"]);
  expect(stderr).toContain("MemoryLimitError: The call needs");
  expect(stderr.length).toBeLessThan(3000);
});
