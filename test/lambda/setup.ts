import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import { native, scripts } from "../../scripts/lambda/package/functions.mjs";
import { packageFunctions } from "../../scripts/lambda/package/package.mjs";
import { runtimeClient } from "@compute-pi-rs/lambda-emulator";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder for the zip files of examples/lambda. */
    zips: string;
  }
}

/** Packages the functions in JavaScript, and builds AWS's runtime interface client where it is not built yet. */
export default async function setup(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-zips-"));
  await Promise.all([...new Set([process.arch, "arm64"])].map(runtimeClient));
  await packageFunctions({ directory, for: [native], only: Object.keys(scripts) });
  project.provide("zips", directory);
  return () => {
    rmSync(directory, { recursive: true });
  };
}
