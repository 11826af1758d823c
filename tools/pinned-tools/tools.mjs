// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npmDirectory, npmPackages } from "@compute-pi-rs/steps";

const directory = fileURLToPath(new URL("npm", import.meta.url));
const home = npmDirectory("tools", directory);
const modules = join(home, "node_modules");

/** Resolves from the tools' own `node_modules`. */
export const requireTool = createRequire(join(home, "package.json"));

/** Installs the pinned tools when they are not there yet. */
export async function installTools() {
  await npmPackages("tools", directory);
}

/**
 * @typedef {object} NodeRuntime
 * @property {number} major
 * @property {string} version
 * @property {string} path of the executable
 */

/**
 * The pinned Node.js executables for one CPU, oldest first. Only those that npm installed are listed: npm leaves out
 * what does not run on this machine, so `arm64` on an x64 machine is empty.
 *
 * @param {string} [cpu]
 * @returns {NodeRuntime[]}
 */
export function nodeRuntimes(cpu = process.arch) {
  /** @type {{ optionalDependencies: Record<string, string> }} */
  const { optionalDependencies: pinned } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  return Object.entries(pinned)
    .flatMap(([name, range]) => {
      const major = new RegExp(`^node(\\d+)-${cpu}$`).exec(name)?.[1];
      const path = join(modules, name, "bin", "node");
      if (major === undefined || !existsSync(path)) return [];
      return [{ major: Number(major), version: range.slice(range.lastIndexOf("@") + 1), path }];
    })
    .sort((a, b) => a.major - b.major);
}

/** Where each other tool's executable or script is. */
export const tools = {
  /** Scripts for Node.js. */
  npm: join(modules, "npm", "bin", "npm-cli.js"),
  npx: join(modules, "npm", "bin", "npx-cli.js"),
  /** A script for Node.js. */
  yarn: join(modules, "@yarnpkg", "cli-dist", "bin", "yarn.js"),
  /** A script for Node.js. */
  publint: join(modules, "publint", "src", "cli.js"),
  /** A script for Node.js. */
  attw: join(modules, "@arethetypeswrong", "cli", "dist", "index.js"),
  pnpm: native("@pnpm/exe.linux-x64/pnpm", "@pnpm/exe.linux-arm64/pnpm"),
  bun: native("@oven/bun-linux-x64/bin/bun", "@oven/bun-linux-aarch64/bin/bun"),
  deno: native("@deno/linux-x64-glibc/deno", "@deno/linux-arm64-glibc/deno"),
};

/**
 * @param {string} x64
 * @param {string} arm64
 * @returns {string}
 */
function native(x64, arm64) {
  return join(modules, process.arch === "arm64" ? arm64 : x64);
}
