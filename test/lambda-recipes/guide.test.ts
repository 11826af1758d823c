import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { LambdaFunction } from "@compute-pi-rs/lambda-emulator";
import { examples } from "../../scripts/lambda/package/functions.mjs";
import { native as architecture } from "../../scripts/lambda/package/functions.mjs";
import { packageFunctions } from "../../scripts/lambda/package/package.mjs";
import { run, runOrThrow } from "@compute-pi-rs/steps";
import { packLayer } from "../../scripts/release/assets.mjs";
import { environmentWith, requireTool } from "@compute-pi-rs/pinned-tools";

const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-recipes-"));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const { [`commonjs-${architecture}`]: zip = "" } = await packageFunctions({
  directory,
  only: ["commonjs"],
  for: [architecture],
});
await runOrThrow("unzip", ["-q", zip, "-d", join(directory, "installed")]);
const installed = join(directory, "installed", "node_modules");

const response = { digits: 10, pi: "3141592653" };

/** Invokes what lies in a folder, as Lambda does. */
async function invoke(folder: string, environment: NodeJS.ProcessEnv = {}) {
  const deployed = await LambdaFunction.deploy({ folder, handler: "app.handler", timeout: 60, environment });
  try {
    return await deployed.invoke({ digits: 10 });
  } finally {
    await deployed.remove();
  }
}

test.each(["app.js", "app.mjs"])("esbuild bundles %s with the package outside", async (entry) => {
  const folder = join(directory, `bundled-${entry}`);
  const format = entry.endsWith(".mjs") ? "esm" : "cjs";
  const flags = ["--bundle", "--minify", "--platform=node", `--format=${format}`, "--external:compute-pi-rs"];
  const esbuild = join(dirname(requireTool.resolve("esbuild/package.json")), "bin", "esbuild");
  await runOrThrow(esbuild, [join(examples, entry), ...flags, `--outfile=${join(folder, entry)}`]);
  cpSync(installed, join(folder, "node_modules"), { recursive: true });
  expect(await invoke(folder)).toMatchObject({ payload: response });
});

describe("the layer of a release", () => {
  const opt = join(directory, "opt");
  // Lambda unpacks layers in /opt, and names that folder in NODE_PATH.
  const environment = { NODE_PATH: join(opt, "nodejs", "node_modules") };

  beforeAll(async () => {
    writeFileSync(join(directory, "layer.zip"), packLayer(installed));
    await runOrThrow("unzip", ["-q", join(directory, "layer.zip"), "-d", opt]);
  });

  /** A function of one file. */
  function alone(name: string, text: string): string {
    const folder = mkdtempSync(join(directory, "alone-"));
    writeFileSync(join(folder, name), text);
    return folder;
  }

  test("serves a CommonJS handler without node_modules", async () => {
    const folder = alone("app.js", readFileSync(join(examples, "app.js"), "utf8"));
    expect(await invoke(folder, environment)).toMatchObject({ payload: response });
    const { error } = await invoke(folder);
    expect(error?.errorMessage).toContain("Cannot find module 'compute-pi-rs'");
  });

  test("serves an ES module as the guide says", async () => {
    const guide = readFileSync(join(examples, "README.md"), "utf8");
    const [, load = ""] = /^```js\n(.*?)^```/ms.exec(guide) ?? [];
    const handler = `export const handler = async ({ digits }) => ({ digits, pi: (await generate(digits)).join("") });`;
    expect(await invoke(alone("app.mjs", load + handler), environment)).toMatchObject({ payload: response });
  });
});

test("the container image's Dockerfile passes hadolint", async () => {
  const result = await run("hadolint", [join(examples, "Dockerfile")], { env: await environmentWith("lint") });
  expect(result).toMatchObject({ exitCode: 0, stdout: "" });
});
