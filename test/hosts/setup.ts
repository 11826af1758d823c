import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import { currentPlatform } from "@neon-rs/load";

import { readManifest, root } from "../../scripts/lib/paths.mjs";
import { Consumer, Registry } from "@compute-pi-rs/registry";
import { packInstalled, packMain, packPlatform } from "../../scripts/package/packed.mjs";
import { installTools } from "@compute-pi-rs/pinned-tools";

declare module "vitest" {
  interface ProvidedContext {
    /** Which tools are to be tested. */
    when: "each change" | "nightly";
    /** A folder in whose `node_modules` the package is, as npm installs it. */
    installed: string;
  }
}

/** Installs the packed package from a registry on loopback, for this machine's platform, once for all tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  const binary = join(root, "index.node");
  if (!existsSync(binary)) throw new Error("The tests of hosts need a build: npm run build");
  await installTools();
  const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-hosts-"));
  const registry = await Registry.start();
  try {
    const packed = [
      ...(await packInstalled(Object.keys(readManifest(root).dependencies ?? {}), directory)),
      await packPlatform(currentPlatform(), binary, directory),
      await packMain(directory),
    ];
    for (const { tarball } of packed) await registry.publish(tarball);
    const consumer = new Consumer(registry.url);
    try {
      await consumer.install(["compute-pi-rs"]);
      cpSync(consumer.directory, join(directory, "installed"), { recursive: true, verbatimSymlinks: true });
    } finally {
      consumer.dispose();
    }
  } finally {
    await registry.stop();
  }
  project.provide("installed", join(directory, "installed"));
  return () => {
    rmSync(directory, { recursive: true, force: true });
  };
}
