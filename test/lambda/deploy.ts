import { existsSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";

import { LambdaFunction, type Settings, type Architecture } from "@compute-pi-rs/lambda-emulator";
import { native } from "../../scripts/lambda/package/functions.mjs";
import { packageFunctions } from "../../scripts/lambda/package/package.mjs";
import { kept } from "../../tools/lambda-emulator/test/kept";

export { native };

/** The architectures that run here: on a machine other than arm64, that under an emulator. */
export const architectures: Architecture[] = [...new Set([native, "arm64" as const])];

const handlers = {
  commonjs: "app.handler",
  esm: "app.handler",
  stream: "stream.handler",
  plain: "plain.handler",
  rust: "bootstrap",
};

/** A function of examples/lambda. */
export type Name = keyof typeof handlers;

/** The zip file of a function of examples/lambda, packaged as a user does it, if that was not done before. */
export async function zipOf(name: Name, architecture: Architecture = native): Promise<string> {
  const directory = inject("zips");
  const zip = join(directory, `${name}-${architecture}.zip`);
  if (!existsSync(zip)) await packageFunctions({ only: [name], for: [architecture], directory });
  return zip;
}

/** Deploys a function of examples/lambda from its zip file until the test ends. */
export async function deploy(name: Name, settings: Settings = {}): Promise<LambdaFunction> {
  const zip = await zipOf(name, settings.architecture);
  const runtime = name === "rust" ? "provided.al2023" : "nodejs24.x";
  return kept(await LambdaFunction.deploy({ zip, handler: handlers[name], runtime, ...settings }));
}
