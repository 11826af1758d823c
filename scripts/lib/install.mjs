// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runOrThrow } from "./run.mjs";

/**
 * Brings a folder's `node_modules` to what its lockfile says, or does nothing when it is there already.
 *
 * @param {string} directory
 * @param {readonly string[]} [flags] of `npm ci`
 */
export async function installFromLockfile(directory, flags = []) {
  const stamp = join(directory, "node_modules", ".installed-lockfile");
  const lock = createHash("sha256")
    .update(readFileSync(join(directory, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  await runOrThrow("npm", ["ci", "--no-audit", "--no-fund", ...flags], { cwd: directory, echo: true });
  writeFileSync(stamp, lock);
}
