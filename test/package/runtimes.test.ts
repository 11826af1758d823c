import { describe, expect, test } from "vitest";

import { nodeRuntimes } from "@compute-pi-rs/pinned-tools";
import { installedProject } from "./project";
import { record } from "./record";

// Lambda switches both off in its Node.js 20, 22 and 24. Node.js 18 has neither.
const lambdaFlags = ["--no-experimental-require-module", "--no-experimental-detect-module"];

const runtimes = nodeRuntimes().flatMap(({ major, version, path }) => [
  { name: `Node.js ${version}`, version, path, flags: [] },
  ...(major < 20 ? [] : [{ name: `Node.js ${version}, flags of Lambda`, version, path, flags: lambdaFlags }]),
]);

const programs = [
  { what: "require", program: "require.cjs" },
  { what: "import", program: "import.mjs" },
  { what: "abort", program: "abort.cjs" },
  { what: "tracing channels", program: "traced.cjs" },
  // No flag changes how a thread ends.
  { what: "60 worker threads", program: "workers.cjs", plain: true },
  { what: "the article's handler", program: "invoke.cjs" },
];

const consumer = await installedProject();

test("five versions of Node.js are there", () => {
  expect(nodeRuntimes().map(({ major }) => major)).toEqual([18, 20, 22, 24, 26]);
});

describe.each(runtimes)("$name", ({ name, version, path, flags }) => {
  const suited = programs.filter(({ plain }) => plain === undefined || flags.length === 0);

  test("is the version that it is said to be", async () => {
    const { stdout } = await consumer.runOrThrow(path, [...flags, "--version"]);
    expect(stdout).toBe(`v${version}\n`);
  });

  test.each(suited)("$what", async ({ what, program }) => {
    const result = await consumer.run(path, [...flags, program]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    record(name, what);
  });
});
