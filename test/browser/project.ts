import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { root } from "../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";

/** A project that has what is built of this package, from a tarball, in its `node_modules`. */
export interface Project {
  folder: string;
  remove: () => void;
}

/** Packs what is built, and unpacks it into a project with the programs of these tests. */
export async function project(): Promise<Project> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "compute-pi-rs-browser-")));
  cpSync(fileURLToPath(new URL("programs", import.meta.url)), folder, { recursive: true });
  const target = join(folder, "node_modules", "compute-pi-rs");
  mkdirSync(target, { recursive: true });
  const { stdout } = await runOrThrow("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: root });
  const tarball = join(folder, stdout.trim().split("\n").at(-1) ?? "");
  await runOrThrow("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"]);
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
