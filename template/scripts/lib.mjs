// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Installs what npm brings, once, and builds `dist` and this machine's binary. */
export function build() {
  if (!existsSync(join(root, "node_modules", "typescript"))) run("npm", ["ci", "--no-audit", "--no-fund"]);
  run("npm", ["run", "build"]);
}

/** Runs a command to its end. @param {string} command @param {readonly string[]} args */
export function run(command, args) {
  // npm is a script on Windows.
  const shell = process.platform === "win32" && command === "npm";
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(" ")}: exit code ${status}`);
}
