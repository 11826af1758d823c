// @ts-check
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installFromLockfile } from "../../tools/steps/install.mjs";
import { root } from "./paths.mjs";

const oldestNode = 20;

/**
 * Makes a fresh checkout ready to build: says at once what is missing on the machine, and installs what npm brings. Nothing is
 * installed before: this and what it imports need Node.js alone.
 */
export function prepare() {
  requireToolchain();
  installFromLockfile(root);
}

/** Ends the process with what is missing on the machine to build here, if anything is. */
export function requireToolchain() {
  const problems = [nodeProblem(), rustProblem(), compilerProblem()].filter((problem) => problem !== undefined);
  if (problems.length > 0) {
    console.error(["This machine is not ready to build compute-pi-rs:", ...problems].join("\n- "));
    process.exit(1);
  }
}

function nodeProblem() {
  if (Number.parseInt(process.versions.node) >= oldestNode) return undefined;
  return `Node.js ${oldestNode} or newer builds and tests the package; this is ${process.version}.`;
}

function rustProblem() {
  const advice = "Install it with rustup: https://rustup.rs";
  const version = /^rustc ([\d.]+)/.exec(ask("rustc", "--version").stdout)?.[1];
  if (version === undefined || ask("cargo", "--version").status !== 0) return `Rust is missing. ${advice}`;
  const manifest = join(root, "crate", "pi", "Cargo.toml");
  const read = ask("cargo", "metadata", "--no-deps", "--offline", "--format-version=1", "--manifest-path", manifest);
  if (read.status !== 0) return `Rust ${version} cannot read ${manifest}. ${advice}\n${read.stderr}`;
  /** @type {{ packages: { rust_version: string }[] }} */
  const { packages } = JSON.parse(read.stdout);
  const oldest = packages[0]?.rust_version ?? "";
  if (version.localeCompare(oldest, "en", { numeric: true }) >= 0) return undefined;
  return `Rust ${oldest} or newer is needed; this is ${version}. ${advice}`;
}

function compilerProblem() {
  // Rust links with the system's C compiler; on Windows it finds Visual Studio's by itself.
  if (process.platform === "win32" || ask("cc", "--version").status === 0) return undefined;
  return "A C compiler (cc) is missing: Rust links with it. On Debian and Ubuntu: apt-get install build-essential";
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {{ status: number | null, stdout: string, stderr: string }} no status where it is missing
 */
function ask(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
}
