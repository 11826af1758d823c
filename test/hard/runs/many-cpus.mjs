// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { root } from "../../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";

/**
 * Does something while there is a library that shows a process as many CPUs as one likes, and that tells in which file it
 * died of a fault.
 *
 * @template T
 * @param {(environment: (cpus: number) => Record<string, string>) => Promise<T>} work is given the environment of such processes
 * @returns {Promise<T>}
 */
export async function withManyCpus(work) {
  const folder = await mkdtemp(join(tmpdir(), "compute-pi-rs-many-cpus-"));
  try {
    const library = join(folder, "many-cpus.so");
    const sources = ["many-cpus.c", "fault-place.c"].map((name) => join(root, "test", "hard", "programs", name));
    await runOrThrow("cc", ["-shared", "-fPIC", "-o", library, ...sources, "-ldl"]);
    return await work((cpus) => ({ LD_PRELOAD: library, CPUS: String(cpus) }));
  } finally {
    await rm(folder, { recursive: true });
  }
}
