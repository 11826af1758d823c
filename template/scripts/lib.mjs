// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** @type {{ name: string, version: string, platforms: Record<string, string>, dependencies: Record<string, string>, [key: string]: unknown }} */
export const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The binary of this machine, and of a platform. @param {string} [platform] */
export const binaryOf = (platform) =>
  platform === undefined ? join(root, "index.node") : join(root, "platforms", platform, "index.node");

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] `quiet` keeps what it prints
 * @returns {string} what it printed, when that is kept
 */
export function run(command, args, { cwd = root, env = process.env, quiet = false } = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    // npm is a script there.
    shell: process.platform === "win32" && command === "npm",
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit code ${status}\n${stdout ?? ""}${stderr ?? ""}`);
  return stdout ?? "";
}

/** Installs what npm brings, once. */
export function install() {
  if (!existsSync(join(root, "node_modules", "typescript"))) run("npm", ["ci", "--no-audit", "--no-fund"]);
}
