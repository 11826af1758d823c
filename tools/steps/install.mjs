// @ts-check
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Brings a folder's `node_modules` to what its lockfile says, or does nothing when it is there already.
 *
 * @param {string} directory
 * @param {readonly string[]} [flags] of `npm ci`
 */
export function installFromLockfile(directory, flags = []) {
  const stamp = join(directory, "node_modules", ".installed-lockfile");
  const lock = createHash("sha256")
    .update(readFileSync(join(directory, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", ...flags], {
    cwd: directory,
    stdio: ["ignore", "inherit", "inherit"],
  });
  writeFileSync(stamp, lock);
}
