import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import { currentPlatform } from "@neon-rs/load";

import { platformTargets, readManifest, root } from "../../scripts/lib/paths.mjs";
import { packInstalled, packMain, packPlatform, type Packed } from "../../scripts/package/packed.mjs";
import { Registry } from "@compute-pi-rs/registry";
import { installTools } from "@compute-pi-rs/pinned-tools";
import { transcriptTable } from "./transcript";

/** The facts that the tests get about the packages that were published for them. */
export interface Published {
  /** The registry's address. */
  registry: string;
  main: Packed;
  /** The package of the platform that the tests run on. */
  platform: Packed;
  /** The file to which the tests write what ran. */
  transcript: string;
}

declare module "vitest" {
  interface ProvidedContext {
    published: Published;
  }
}

/**
 * Packs what is built, and publishes it to a registry on loopback: the platform package first, as a release does, so
 * that nobody can install a main package whose binary is missing.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const binary = join(root, "index.node");
  if (!existsSync(binary)) throw new Error("The tests of the package need a build: npm run build");
  await installTools();
  const registry = await Registry.start();
  const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-packed-"));
  const transcript = join(directory, "transcript.tsv");

  const dependencies = Object.keys(readManifest(root).dependencies ?? {});
  // Consumers in TypeScript need Node's types: the package's declarations name node:stream.
  for (const packed of await packInstalled([...dependencies, "@types/node"], directory)) {
    await registry.publish(packed.tarball);
  }
  const platform = await packPlatform(currentPlatform(), binary, directory);
  await registry.publish(platform.tarball);
  for (const other of Object.keys(platformTargets()).filter((name) => name !== currentPlatform())) {
    // Nothing here loads the other machines' binaries; what counts is which package an install picks.
    await registry.publish((await packPlatform(other, binary, directory)).tarball);
  }
  const main = await packMain(directory);
  await registry.publish(main.tarball);
  project.provide("published", { registry: registry.url, main, platform, transcript });

  return async () => {
    if (existsSync(transcript)) {
      const table = transcriptTable(readFileSync(transcript, "utf8"));
      console.log(`\nRan against the installed package:\n${table}`);
    }
    await registry.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
