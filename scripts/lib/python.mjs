// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runOrThrow } from "./run.mjs";

/**
 * Installs tools from PyPI, by hash, into a Python environment of their own, or does nothing when they are there.
 *
 * @param {string} directory of the environment
 * @param {string} requirements the file that pins them
 * @returns {Promise<string>} the folder of their commands
 */
export async function pythonTools(directory, requirements) {
  const stamp = join(directory, "requirements.sha256");
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const commands = join(directory, process.platform === "win32" ? "Scripts" : "bin");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    rmSync(directory, { recursive: true, force: true });
    await runOrThrow(process.platform === "win32" ? "python" : "python3", ["-m", "venv", directory]);
    // Every package is pinned: what they say about each other is settled.
    const flags = ["--disable-pip-version-check", "--quiet", "--require-hashes", "--no-deps", "--only-binary=:all:"];
    await runOrThrow(join(commands, "python"), ["-m", "pip", "install", ...flags, "-r", requirements]);
    writeFileSync(stamp, wanted);
  }
  return commands;
}
