import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { build } from "tsup";

/** A folder in which compute-pi-rs is installed as npm would do it, but for the package with the binary. */
export interface Installation {
  folder: string;
  remove: () => Promise<void>;
}

/** Builds this package into an empty folder's node_modules. */
export async function installation(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "compute-pi-rs-"));
  const modules = join(folder, "node_modules");
  const outDir = join(modules, "compute-pi-rs", "dist");
  await mkdir(outDir, { recursive: true });
  await build({ silent: true, outDir, clean: false, dts: false });
  await cp("package.json", join(modules, "compute-pi-rs", "package.json"));
  await cp("node_modules/@neon-rs/load", join(modules, "@neon-rs", "load"), { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Installs the package of a platform with a file for its binary. */
export async function installBinary(folder: string, platform: string, file: string): Promise<void> {
  const target = join(folder, "node_modules", "@compute-pi-rs", platform);
  await mkdir(target, { recursive: true });
  await writeFile(join(target, "package.json"), JSON.stringify({ main: "index.node" }));
  await cp(file, join(target, "index.node"));
}
