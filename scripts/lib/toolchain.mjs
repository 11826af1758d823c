// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installFromLockfile } from "./install.mjs";
import { root } from "./paths.mjs";
import { run } from "./run.mjs";

const oldestNode = 20;

/**
 * Makes a fresh checkout ready to build: says at once what is missing on the machine, and installs what npm brings.
 */
export async function prepare() {
  await requireToolchain();
  await installFromLockfile(root);
}

/** Ends the process with what is missing on the machine to build here, if anything is. */
export async function requireToolchain() {
  const problems = [nodeProblem(), await rustProblem(), await compilerProblem()].filter(
    (problem) => problem !== undefined,
  );
  if (problems.length > 0) {
    console.error(["This machine is not ready to build compute-pi-rs:", ...problems].join("\n- "));
    process.exit(1);
  }
}

function nodeProblem() {
  if (Number.parseInt(process.versions.node) >= oldestNode) return undefined;
  return `Node.js ${oldestNode} or newer builds and tests the package; this is ${process.version}.`;
}

async function rustProblem() {
  const manifest = readFileSync(join(root, "crate", "Cargo.toml"), "utf8");
  const oldest = /rust-version = "([\d.]+)"/.exec(manifest)?.[1] ?? "0";
  const advice = "Install it with rustup: https://rustup.rs";
  const version = /^rustc ([\d.]+)/.exec(await output("rustc", ["--version"]))?.[1];
  if (version === undefined || !(await output("cargo", ["--version"])))
    return `Rust ${oldest} or newer is missing. ${advice}`;
  if (compareVersions(version, oldest) < 0) return `Rust ${oldest} or newer is needed; this is ${version}. ${advice}`;
  return undefined;
}

async function compilerProblem() {
  // Rust links with the system's C compiler; on Windows it finds Visual Studio's by itself.
  if (process.platform === "win32" || (await output("cc", ["--version"]))) return undefined;
  return "A C compiler (cc) is missing: Rust links with it. On Debian and Ubuntu: apt-get install build-essential";
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<string>} what it printed, or nothing when it is missing or fails
 */
async function output(command, args) {
  const result = await run(command, args).catch(() => undefined);
  return result?.code === 0 ? result.stdout : "";
}

/**
 * @param {string} a
 * @param {string} b
 */
function compareVersions(a, b) {
  return a.localeCompare(b, "en", { numeric: true });
}
