import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { native } from "../../src/index";
import { expect, it } from "vitest";

/** The folder of the built package, as in `src/wasm/files.ts`. */
declare const DIST: string;

it("the tests of this project run on WebAssembly", () => {
  expect(native()).toMatchObject({ backend: "wasm", reason: undefined, threads: 1 });
});

/** A flag of V8, as long as relaxed SIMD is not taken for granted. */
const flag = "experimental-wasm-relaxed-simd";
const hasFlag = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" }).includes(`--${flag} `);

const modules: { simd: string; flags: string[] }[] = [
  { simd: "wasm-relaxed", flags: hasFlag ? [`--${flag}`] : [] },
  ...(hasFlag ? [{ simd: "wasm128", flags: [`--no-${flag}`] }] : []),
];

it.each(modules)("the module of $simd gives the digits that the binary gives", async ({ simd, flags }) => {
  const program = `
      const { generateString, native } = require(${JSON.stringify(join(DIST, "index.cjs"))});
      generateString(30_000, { verify: true }).then((digits) => console.log(native().simd, digits));`;
  const digits = async (flags: readonly string[], env: Record<string, string>) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 2 ** 20 };
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, "--eval", program], options);
    return stdout.trim().split(" ");
  };
  const [level, ours] = await digits(flags, { COMPUTE_PI_RS_BACKEND: "wasm" });
  const binary = join(DIST, "..", "index.node");
  const [, theirs] = await digits([], { COMPUTE_PI_RS_BACKEND: "native", COMPUTE_PI_RS_BINARY: binary });
  expect(level).toBe(simd);
  expect(ours).toHaveLength(30_000);
  expect(ours).toBe(theirs);
});
