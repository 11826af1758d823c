import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { shared } from "../scripts/lib/shared.mjs";
import { installPackage } from "../scripts/package/installation.mjs";

export { installBinary } from "../scripts/package/installation.mjs";

/** A folder in which compute-pi-rs is installed as npm would do it, but for the package with the binary. */
export interface Installation {
  folder: string;
  remove: () => Promise<void>;
}

/** Brings this package, built once in a run of the checks, into an empty folder's node_modules. */
export async function installation(): Promise<Installation> {
  const built = await shared("installation", installPackage);
  const folder = await mkdtemp(join(tmpdir(), "compute-pi-rs-"));
  await cp(join(built, "node_modules"), join(folder, "node_modules"), { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
