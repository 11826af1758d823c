// @ts-check
/** The one way by which pinned tools come from PyPI, crates.io and the Go module proxy: each once a version and user. */
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory, digest, madeOnce, runOrThrow } from "@compute-pi-rs/steps";

const windows = process.platform === "win32";

/**
 * The tools from PyPI that are installed together, by the files `python/NAME.in`, which name them, and `python/NAME.txt`,
 * which pin them by hash:
 *
 *     uv pip compile --universal --generate-hashes --no-header --no-annotate --output-file NAME.txt NAME.in
 *
 * @typedef {"build" | "cargo" | "lint" | "links" | "aws" | "act"} Group
 */

/**
 * @param {Group} group
 * @returns {Promise<string>} the folder of their commands
 */
export async function pythonTools(group) {
  const requirements = new URL(`python/${group}.txt`, import.meta.url);
  const text = readFileSync(requirements);
  const home = await madeOnce(join(cacheDirectory, `${group}-${digest(text)}`), async (directory) => {
    await runOrThrow(windows ? "python" : "python3", ["-m", "venv", directory]);
    // Every package is pinned: what they say about each other is settled. Python compiles what it imports, once, which is little of all.
    const pinned = ["--require-hashes", "--no-deps", "--only-binary=:all:"];
    const flags = ["--disable-pip-version-check", "--quiet", "--no-compile", ...pinned];
    const python = join(commandsOf(directory), "python");
    await runOrThrow(python, ["-m", "pip", "install", ...flags, "-r", fileURLToPath(requirements)]);
  });
  return commandsOf(home);
}

/**
 * @param {Group[]} groups
 * @returns {Promise<NodeJS.ProcessEnv>} an environment in which their commands are found
 */
export async function environmentWith(...groups) {
  const folders = [];
  for (const group of groups) folders.push(await pythonTools(group));
  return { ...process.env, PATH: [...folders, process.env.PATH].join(delimiter) };
}

/**
 * A program from crates.io, compiled here: only for what no registry has as a binary.
 *
 * @param {string} name
 * @param {string} version
 * @returns {Promise<string>} its path
 */
export async function cargoTool(name, version) {
  const home = await madeOnce(join(cacheDirectory, `${name}-${version}`), async (directory) => {
    // It works for seconds: to optimise it takes longer, and nobody debugs it.
    const flags = ["--quiet", "--locked", "--debug", "--root", directory];
    const env = { ...process.env, CARGO_PROFILE_DEV_DEBUG: "none" };
    await runOrThrow("cargo", ["install", ...flags, `${name}@${version}`], { env });
  });
  return join(home, "bin", name);
}

/**
 * A program from the Go module proxy, compiled here.
 *
 * @param {string} name
 * @param {string} module
 * @param {string} version
 * @returns {Promise<string>} its path
 */
export async function goTool(name, module, version) {
  const home = await madeOnce(join(cacheDirectory, `${name}-${version}`), async (directory) => {
    const env = { ...process.env, GOBIN: directory, GOFLAGS: "" };
    await runOrThrow("go", ["install", `${module}@${version}`], { env });
  });
  return join(home, name);
}

/** @param {string} environment */
function commandsOf(environment) {
  return join(environment, windows ? "Scripts" : "bin");
}
