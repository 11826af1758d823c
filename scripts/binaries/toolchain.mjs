// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../lib/paths.mjs";
import { run, runOrThrow } from "../lib/run.mjs";

/** Where fetched tools are kept between runs; git ignores it. */
export const toolchainDirectory = join(root, ".toolchain");

/** The version of Rust that every binary is built with: the workspace's own. */
export const rustVersion = `${/^rust-version = "(.+)"$/m.exec(readFileSync(join(root, "crate", "Cargo.toml"), "utf8"))?.[1]}.0`;

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));

/**
 * Fetches cargo-zigbuild, Zig and hadolint at the versions and hashes of requirements.txt into a Python environment of
 * their own, or does nothing when they are there.
 *
 * @returns {Promise<NodeJS.ProcessEnv>} the environment to call them in
 */
export async function toolEnvironment() {
  const home = join(toolchainDirectory, "python");
  const stamp = join(home, "requirements.sha256");
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const bin = join(home, process.platform === "win32" ? "Scripts" : "bin");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(toolchainDirectory, { recursive: true });
    await runOrThrow(process.platform === "win32" ? "python" : "python3", ["-m", "venv", home]);
    const flags = ["--disable-pip-version-check", "--quiet", "--require-hashes", "--only-binary=:all:"];
    await runOrThrow(join(bin, "python"), ["-m", "pip", "install", ...flags, "-r", requirements], {
      echo: true,
    });
    writeFileSync(stamp, wanted);
  }
  return { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
}

/**
 * Makes Rust's standard library for `target` available: through rustup or, for arm64 Linux where rustup's server is out
 * of reach, from Debian's packages.
 *
 * @param {string} target
 * @returns {Promise<NodeJS.ProcessEnv>} what to add to the environment of cargo
 */
export async function rustStandardLibrary(target) {
  if (await hasStandardLibrary("rustc", target)) return {};
  const added = await run("rustup", ["target", "add", target], { timeout: 600_000 }).catch(() => undefined);
  if (added?.code === 0 && (await hasStandardLibrary("rustc", target))) return {};
  if (target !== "aarch64-unknown-linux-gnu" || !existsSync("/etc/debian_version")) {
    throw new Error(`Rust's standard library for ${target} is missing: rustup target add ${target}`);
  }
  const directory = join(toolchainDirectory, "debian-rust");
  const rustc = join(directory, "rustc");
  if (!existsSync(rustc)) {
    const script = fileURLToPath(new URL("debian-rust-arm64.sh", import.meta.url));
    await runOrThrow("bash", [script, directory], { echo: true });
  }
  return { RUSTC: rustc, CARGO_TARGET_DIR: join(root, "crate", "target", "debian-rust") };
}

/**
 * @param {string} rustc
 * @param {string} target
 */
async function hasStandardLibrary(rustc, target) {
  const { stdout } = await runOrThrow(rustc, ["--print", "target-libdir", "--target", target], { cwd: root });
  return existsSync(stdout.trim());
}

/**
 * Flags that replace this machine's folders in the texts of panics by neutral names.
 *
 * @returns {Promise<string[]>}
 */
export async function remappedPaths() {
  const { stdout } = await runOrThrow("rustc", ["--print", "sysroot"], { cwd: root });
  const cargo = process.env.CARGO_HOME ?? join(process.env.HOME ?? process.env.USERPROFILE ?? "", ".cargo");
  return [
    `--remap-path-prefix=${root.replace(/[/\\]$/, "")}=/compute-pi-rs`,
    `--remap-path-prefix=${cargo}=/cargo`,
    `--remap-path-prefix=${stdout.trim()}=/rust`,
  ];
}

/**
 * The cross program, fetched from crates.io at a pinned version, or nothing done when it is there.
 *
 * @returns {Promise<string>} its path
 */
export async function crossCommand() {
  const home = join(toolchainDirectory, "cross-0.2.5");
  const command = join(home, "bin", "cross");
  if (!existsSync(command)) {
    const flags = ["--version", "0.2.5", "--locked", "--root", home];
    await runOrThrow("cargo", ["install", "cross", ...flags], { cwd: root });
  }
  return command;
}
