// @ts-check
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installBinary, installPackage } from "../package/installation.mjs";
import { root } from "../lib/paths.mjs";
import { runOrThrow, shown } from "@compute-pi-rs/steps";

/** This machine's addon, from `npm run build:addon`. */
const binary = join(root, "index.node");

/** The packages that a registry has once they are published, and that a checkout packs itself. */
const isOwn = (/** @type {string} */ name) => /(^|\/)(compute-pi-rs|@compute-pi-rs\/[^/]+)$/.test(name);

/**
 * Copies an example to a folder of its own and installs what its lockfile names, with this checkout in place of the
 * published package.
 *
 * @param {string} name of a folder in `examples`
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>}
 */
export async function installExample(name) {
  if (!existsSync(binary)) await runOrThrow("npm", ["run", "build:addon"], { cwd: root, ...shown });
  const folder = await mkdtemp(join(tmpdir(), `compute-pi-rs-${name}-`));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await cp(join(root, "examples", name), folder, {
      recursive: true,
      filter: (source) => !source.includes("node_modules"),
    });
    await withoutOwnPackages(join(folder, "package.json"));
    await withoutOwnPackages(join(folder, "package-lock.json"));
    await runOrThrow("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
    await installPackage(folder);
    await installBinary(folder, `${process.platform}-${process.arch}-gnu`, binary);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

/**
 * @param {string} file a manifest or a lockfile
 */
async function withoutOwnPackages(file) {
  const text = JSON.parse(await readFile(file, "utf8"), (key, value) => (isOwn(key) ? undefined : value));
  await writeFile(file, JSON.stringify(text));
}
