import { join } from "node:path";
import { expect, test } from "vitest";

import { requireTool } from "@compute-pi-rs/pinned-tools";
import { installedProject } from "./project";
import { record } from "./record";

const esbuild = join(requireTool.resolve("esbuild/package.json"), "..", "bin", "esbuild");

const consumer = await installedProject();

/** Bundles a program as SAM, CDK and Serverless do, and says what running it gives. */
async function bundleAndRun(program: string, output: string, flags: string[]) {
  const common = [program, "--bundle", "--platform=node", "--target=node18", `--outfile=${output}`];
  await consumer.runOrThrow(esbuild, [...common, ...flags]);
  return consumer.run(process.execPath, [output]);
}

test.each([
  ["CommonJS", "require.cjs", "bundled/require.cjs", "--format=cjs"],
  ["ESM", "import.mjs", "bundled/import.mjs", "--format=esm"],
])("a %s bundle with the package external works", async (format, program, output, flag) => {
  const banner =
    flag === "--format=esm"
      ? ['--banner:js=import { createRequire as _c } from "node:module"; const require = _c(import.meta.url);']
      : [];
  const result = await bundleAndRun(program, output, [flag, ...banner, "--external:compute-pi-rs"]);
  expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  record("esbuild", `${format}, external`);
});

test("a bundle that forgot it says how to mark the package external", async () => {
  const output = join(consumer.directory, "..", "elsewhere", "forgot.cjs");
  const result = await bundleAndRun("require.cjs", output, ["--format=cjs"]);
  expect(result.exitCode).toBe(1);
  expect(result.stderr).toContain("esbuild --external:compute-pi-rs");
  expect(result.stderr).toContain("ERR_COMPUTE_PI_BINARY");
  record("esbuild", "forgotten external is explained");
});
