// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A holder signs its lock again after so many milliseconds, and one that has not for so many is gone. */
const [signs, gone] = [5_000, 120_000];

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
  while (!take(path)) {
    if (abandoned(path)) rmSync(path, { recursive: true, force: true });
    else await sleep(100);
  }
  const sign = () => writeFileSync(join(path, "pid"), String(process.pid));
  sign();
  const timer = setInterval(() => existsSync(path) && sign(), signs);
  try {
    return await run();
  } finally {
    clearInterval(timer);
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

/** @param {string} path */
function abandoned(path) {
  try {
    const owner = join(path, "pid");
    // Whoever has just taken it has not signed yet.
    if (!existsSync(owner)) return Date.now() - statSync(path).mtimeMs > gone;
    // A number of a process that has died may be that of another by now.
    if (Date.now() - statSync(owner).mtimeMs > gone) return true;
    const pid = Number(readFileSync(owner, "utf8"));
    if (pid > 0) process.kill(pid, 0);
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
