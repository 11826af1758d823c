// @ts-check
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readManifest, root } from "../../lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { installTools, requireTool } from "@compute-pi-rs/pinned-tools";
import { architectures, examples, scripts } from "./functions.mjs";

/**
 * Puts together what a function in JavaScript consists of: its handler, and what npm installs for the target.
 *
 * @param {string} name of the function
 * @param {import("./functions.mjs").Architecture} architecture
 * @param {string} directory an empty folder
 * @param {NodeJS.ProcessEnv} env what npm runs with: it names the registry
 */
export async function stageScript(name, architecture, directory, env) {
  const script = scripts[name];
  if (script === undefined) throw new Error(`${name} is no function in JavaScript`);
  const { file, dependencies, bundled = false } = script;
  if (bundled) await bundle(file, directory);
  else copyFileSync(join(examples, file), join(directory, file));
  if (Object.keys(dependencies).length === 0) return;
  const manifest = join(directory, "package.json");
  writeFileSync(manifest, JSON.stringify({ private: true, dependencies }));
  const flags = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", ...target(architecture)];
  await runOrThrow("npm", ["install", ...flags], { cwd: directory, env });
  // npm's notes for itself, and commands that no function calls.
  const modules = join(directory, "node_modules");
  for (const path of [manifest, join(modules, ".package-lock.json"), join(modules, ".bin")]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Brings a handler and its dependencies into one file, but for compute-pi-rs: a binary cannot be brought along.
 *
 * @param {string} file
 * @param {string} directory
 */
async function bundle(file, directory) {
  await installTools();
  const esbuild = requireTool.resolve("esbuild/bin/esbuild");
  const modules = join(dirname(requireTool.resolve("esbuild/package.json")), "..");
  const flags = ["--bundle", "--minify", "--platform=node", "--target=node22", "--external:compute-pi-rs"];
  await runOrThrow(esbuild, [join(examples, file), ...flags, `--outfile=${join(directory, file)}`], {
    env: { ...process.env, NODE_PATH: modules },
  });
}

/** @param {import("./functions.mjs").Architecture} architecture */
function target(architecture) {
  const { os = [], cpu = [], libc = [] } = readManifest(join(root, "platforms", architectures[architecture].platform));
  return [`--os=${os}`, `--cpu=${cpu}`, `--libc=${libc}`];
}
