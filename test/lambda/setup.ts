import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import { runtimeClient } from "@compute-pi-rs/lambda-emulator";
import { packageFunctions } from "../../scripts/lambda/package/package.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** The zip files of examples/lambda, by names such as `commonjs-arm64`. */
    zips: Record<string, string>;
  }
}

/** Packages the functions as a user does, and builds AWS's runtime interface client where it is not built yet. */
export default async function setup(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-zips-"));
  await Promise.all([...new Set([process.arch, "arm64"])].map(runtimeClient));
  project.provide("zips", await packageFunctions({ directory }));
  return () => {
    rmSync(directory, { recursive: true });
  };
}
