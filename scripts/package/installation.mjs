// @ts-check
import { existsSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { platformTargets, readManifest, root } from "../lib/paths.mjs";

/**
 * Builds this checkout's package into a folder's `node_modules`, as npm would install it but for the binary.
 *
 * @param {string} folder
 */
export async function installPackage(folder) {
  const modules = join(folder, "node_modules");
  const target = join(modules, "compute-pi-rs");
  await mkdir(join(target, "dist"), { recursive: true });
  // Who has it built already does without.
  const { build } = await import("tsup");
  const config = join(root, "tsup.config.ts");
  await build({ config, silent: true, outDir: join(target, "dist"), clean: false, dts: false });
  // The modules of the build for browsers, where `npm run build:wasm` has made them.
  for (const name of ["web/pi.js", "web/pi-relaxed.js"]) {
    const module = join(root, "dist", name);
    if (existsSync(module)) await cp(module, join(target, "dist", name));
  }
  const manifest = readManifest(root);
  // As `neon update` writes them when the package is packed: without them it would be a checkout.
  const platforms = Object.keys(platformTargets()).map((platform) => [`@compute-pi-rs/${platform}`, manifest.version]);
  const packed = { ...manifest, optionalDependencies: Object.fromEntries(platforms) };
  await writeFile(join(target, "package.json"), JSON.stringify(packed));
  await cp(join(root, "node_modules", "@neon-rs", "load"), join(modules, "@neon-rs", "load"), { recursive: true });
}

/**
 * Installs the package of a platform, with a file for its binary.
 *
 * @param {string} folder
 * @param {string} platform
 * @param {string} file
 */
export async function installBinary(folder, platform, file) {
  const target = join(folder, "node_modules", "@compute-pi-rs", platform);
  await mkdir(target, { recursive: true });
  await writeFile(join(target, "package.json"), JSON.stringify({ main: "index.node" }));
  await cp(file, join(target, "index.node"));
}
