// @ts-check
// Installs a packed release from a registry on loopback, once for each platform, into folders that can be carried to the
// machines where they are tested: `DIRECTORY/linux-x64-gnu/check.cjs` checks the package that is installed next to it.
//
//   node scripts/release/stage.mjs PACKAGES DIRECTORY
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { platformTargets, readManifest, root } from "../lib/paths.mjs";
import { Consumer, Registry } from "@compute-pi-rs/registry";
import { publish } from "@compute-pi-rs/addon-release";
import { packInstalled } from "../package/packed.mjs";
import { project } from "./project.mjs";

const check = fileURLToPath(new URL("check.cjs", import.meta.url));

/**
 * @param {string} packages the folder with the tarballs
 * @param {string} directory
 * @param {readonly string[]} [platforms] all by default
 */
export async function stage(packages, directory, platforms = Object.keys(platformTargets())) {
  const registry = await Registry.start();
  try {
    await publishDependencies(registry);
    const publisher = new Consumer(registry.url);
    await publish(packages, project, { env: publisher.env, log: () => {} });
    publisher.dispose();
    for (const platform of platforms) {
      await stagePlatform(registry.url, platform, project.version, join(directory, platform));
    }
  } finally {
    await registry.stop();
  }
}

/**
 * Brings the dependencies of the main package, as they are installed here, to a registry that has no uplink.
 *
 * @param {Registry} registry
 */
export async function publishDependencies(registry) {
  const packed = mkdtempSync(join(tmpdir(), "compute-pi-rs-dependencies-"));
  for (const { tarball } of await packInstalled(Object.keys(readManifest(root).dependencies ?? {}), packed)) {
    await registry.publish(tarball);
  }
  rmSync(packed, { recursive: true });
}

/**
 * @param {string} registry its address
 * @param {string} platform
 * @param {string} version
 * @param {string} directory
 */
export async function stagePlatform(registry, platform, version, directory) {
  const { os = [], cpu = [], libc = [] } = readManifest(join(root, "platforms", platform));
  const consumer = new Consumer(registry);
  const target = { os: String(os[0]), cpu: String(cpu[0]), ...(libc[0] !== undefined && { libc: libc[0] }) };
  await consumer.install([`${readManifest(root).name}@${version}`], { target });
  copyFileSync(check, join(consumer.directory, "check.cjs"));
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  cpSync(consumer.directory, directory, { recursive: true });
  consumer.dispose();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [packages, directory] = process.argv.slice(2);
  if (packages === undefined || directory === undefined) throw new Error("usage: stage.mjs PACKAGES DIRECTORY");
  await stage(packages, directory);
}
