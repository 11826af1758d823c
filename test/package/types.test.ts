import { join } from "node:path";
import { expect, test } from "vitest";

import { root } from "../../scripts/lib/paths.mjs";
import { installedProject } from "./project";
import { record } from "./record";

const compiler = join(root, "node_modules", "typescript", "bin", "tsc");

// Each line that must not compile says so: the compiler fails on an expectation that nothing meets.
const program = `
import { estimate, generate, generateBytes, generateString, NativeBinaryError, native, stream } from 'compute-pi-rs';
import type { Options, Progress } from 'compute-pi-rs';

const options: Options = {
  signal: AbortSignal.timeout(1000),
  onProgress: ({ phase, fraction }: Progress) => console.log(phase, fraction),
  threads: 2,
  algorithm: 'spigot',
  maxMemory: 1e9,
};

export async function use(): Promise<void> {
  const digits: number[] = await generate(10, options);
  const text: string = await generateString(10);
  const bytes: Uint8Array = await generateBytes(10);
  for await (const chunk of stream(10)) console.log(chunk);
  console.log(digits, text, bytes, estimate(10).memory, native().platform, NativeBinaryError.name);
  // @ts-expect-error a number is needed
  await generate('10');
  // @ts-expect-error there is no such algorithm
  await generate(10, { algorithm: 'machin' });
}
`;

const consumer = await installedProject("@types/node");
for (const extension of ["mts", "cts"]) consumer.write(`consumer.${extension}`, program);

test.each([
  ["node16", "node16", ["consumer.mts", "consumer.cts"]],
  ["nodenext", "nodenext", ["consumer.mts", "consumer.cts"]],
  ["esnext", "bundler", ["consumer.mts"]],
  ["preserve", "bundler", ["consumer.mts", "consumer.cts"]],
])("TypeScript finds the types: module %s, resolution %s", async (module, resolution, files) => {
  const flags = ["--noEmit", "--strict", "--target", "es2022", "--types", "node", "--skipLibCheck", "false"];
  const result = await consumer.run(process.execPath, [
    compiler,
    ...flags,
    ...["--module", module, "--moduleResolution", resolution],
    ...files,
  ]);
  expect(result).toMatchObject({ exitCode: 0, stdout: "" });
  record("TypeScript", `${module}/${resolution}`);
});
