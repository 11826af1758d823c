// @ts-check
import { copyFileSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { runOrThrow } from "@compute-pi-rs/steps";

/**
 * Flags that replace this machine's folders in the texts of panics by neutral names.
 *
 * @param {string} root the repository's top folder
 * @param {string} name that takes its place
 * @returns {Promise<string[]>}
 */
export async function remappedPaths(root, name) {
  const { stdout } = await runOrThrow("rustc", ["--print", "sysroot"], { cwd: root });
  // The last that fits counts.
  return Object.entries({
    [homedir()]: "/machine",
    [stdout.trim()]: "/rust",
    [process.env.CARGO_HOME ?? join(homedir(), ".cargo")]: "/cargo",
    [root.replace(/[/\\]$/, "")]: `/${name}`,
  }).map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

/**
 * @typedef {object} Compilation
 * @property {string} manifest the Cargo.toml
 * @property {string} [crate] the package in it, where it has several
 * @property {import("./recipe.mjs").Recipe} [recipe] this machine's own linker, without one
 * @property {readonly string[]} [flags] of rustc, beside the recipe's
 * @property {NodeJS.ProcessEnv} [env]
 */

/**
 * Builds an addon.
 *
 * @param {Compilation} compilation
 * @returns {Promise<string>} the path of the library that cargo makes
 */
export async function compile({ manifest, crate, recipe, flags = [], env = process.env }) {
  const { program = "cargo", command = "build", target, rustFlags = [] } = recipe ?? {};
  const rest = [
    ...(crate === undefined ? [] : ["--package", crate]),
    ...(target === undefined ? [] : ["--target", target]),
  ];
  const messages = "--message-format=json-render-diagnostics";
  const args = [command, "--release", "--locked", "--manifest-path", manifest, ...rest, messages];
  const all = [...flags, ...rustFlags];
  const { stdout } = await runOrThrow(program, args, {
    cwd: dirname(manifest),
    env: all.length === 0 ? env : { ...env, CARGO_ENCODED_RUSTFLAGS: all.join("\x1f") },
    stderr: ["inherit", "pipe"],
  });
  const library = libraries(stdout).at(-1);
  if (library === undefined) throw new Error(`${manifest} makes no library that Node.js can load`);
  return library;
}

/** @param {string} messages of cargo, a line each @returns {string[]} the libraries that it has made */
function libraries(messages) {
  return messages.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    /** @type {{ reason: string, target?: { kind: string[] }, filenames?: string[] }} */
    const { reason, target, filenames = [] } = JSON.parse(line);
    if (reason !== "compiler-artifact" || !target?.kind.includes("cdylib")) return [];
    return filenames.filter((file) => /\.(so|dylib|dll)$/.test(file));
  });
}

/**
 * Puts a library where Node.js looks for it. Whoever has the old one loaded keeps it.
 *
 * @param {string} library
 * @param {string} binary
 */
export function place(library, binary) {
  copyFileSync(library, `${binary}.new`);
  renameSync(`${binary}.new`, binary);
}
