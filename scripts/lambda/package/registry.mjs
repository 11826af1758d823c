// @ts-check
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../../binaries/build.mjs";
import { platformTargets } from "../../lib/paths.mjs";
import { packMain, packPlatform } from "../../package/packed.mjs";
import { Registry } from "@compute-pi-rs/registry";
import { publishDependencies } from "../../release/stage.mjs";

/**
 * Starts a registry on loopback that holds this checkout's package with the binaries of some platforms, built now.
 *
 * @param {readonly string[]} platforms
 * @param {{ complete?: boolean }} [options] with `complete` the other platforms have packages too, whose binaries nobody can
 *   load: a lockfile names them all
 * @returns {Promise<Registry>}
 */
export async function serveCheckout(platforms, { complete = false } = {}) {
  /** @type {string[]} */
  const binaries = [];
  for (const platform of platforms) binaries.push(await build(platform));
  const registry = await Registry.start();
  const packed = mkdtempSync(join(tmpdir(), "compute-pi-rs-packed-"));
  try {
    await publishDependencies(registry);
    for (const platform of complete ? Object.keys(platformTargets()) : platforms) {
      const binary = binaries[platforms.indexOf(platform)] ?? fileURLToPath(import.meta.url);
      const { tarball } = await packPlatform(platform, binary, packed);
      await registry.publish(tarball);
    }
    const { tarball } = await packMain(packed);
    await registry.publish(tarball);
    return registry;
  } catch (error) {
    await registry.stop();
    throw error;
  } finally {
    rmSync(packed, { recursive: true });
  }
}
