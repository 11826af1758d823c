// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs a function while no other process runs one under the same lock. A lock whose process has died is broken.
 *
 * @template Result
 * @param {string} path of the lock, a folder that exists only meanwhile
 * @param {() => Promise<Result>} run
 * @returns {Promise<Result>}
 */
export async function locked(path, run) {
  mkdirSync(dirname(path), { recursive: true });
  const owner = join(path, "pid");
  while (!take(path)) {
    if (abandoned(owner)) rmSync(path, { recursive: true, force: true });
    else await sleep(100);
  }
  writeFileSync(owner, String(process.pid));
  try {
    return await run();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/** @param {string} path */
function take(path) {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} owner */
function abandoned(owner) {
  try {
    // Whoever has just taken it has not signed yet.
    if (!existsSync(owner)) return false;
    const pid = Number(readFileSync(owner, "utf8"));
    if (!(pid > 0)) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH";
  }
}

/**
 * Makes a folder once, whoever asks first, and leaves it whole or not at all.
 *
 * @param {string} directory
 * @param {(directory: string) => Promise<void>} make fills the folder, which is empty then
 * @returns {Promise<string>} the folder
 */
export async function madeOnce(directory, make) {
  const stamp = join(directory, ".complete");
  if (existsSync(stamp)) return directory;
  return locked(`${directory}.lock`, async () => {
    if (existsSync(stamp)) return directory;
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    await make(directory);
    writeFileSync(stamp, "");
    return directory;
  });
}
