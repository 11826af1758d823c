import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { installPackage } from "../scripts/package/installation.mjs";

export { installBinary } from "../scripts/package/installation.mjs";

/** A folder in which compute-pi-rs is installed as npm would do it, but for the package with the binary. */
export interface Installation {
  folder: string;
  remove: () => Promise<void>;
}

/** Builds this package into an empty folder's node_modules. */
export async function installation(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "compute-pi-rs-"));
  await installPackage(folder);
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
