import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { locked, madeOnce } from "../lock.mjs";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "compute-pi-rs-lock-"));
});
afterEach(() => {
  rmSync(base, { recursive: true });
});

describe("a folder that is made once", () => {
  it("is made by the first of several that ask at the same time", async () => {
    let times = 0;
    const make = async (directory: string) => {
      times += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      writeFileSync(join(directory, "file"), "made");
    };
    const folders = await Promise.all([1, 2, 3].map(() => madeOnce(join(base, "folder"), make)));
    expect(times).toBe(1);
    for (const folder of folders) expect(readFileSync(join(folder, "file"), "utf8")).toBe("made");
  });

  it("is made anew when the first has failed, without what that left", async () => {
    const failing = madeOnce(join(base, "folder"), (directory) => {
      writeFileSync(join(directory, "half"), "");
      return Promise.reject(new Error("no network"));
    });
    await expect(failing).rejects.toThrow("no network");
    const folder = await madeOnce(join(base, "folder"), (directory) => {
      writeFileSync(join(directory, "whole"), "");
      return Promise.resolve();
    });
    expect(readdirSync(folder).filter((name) => !name.startsWith("."))).toEqual(["whole"]);
  });

  it("is not kept waiting by a lock whose process has died", async () => {
    const dead = spawnSync("true").pid;
    mkdirSync(join(base, "lock"));
    writeFileSync(join(base, "lock", "pid"), String(dead));
    expect(await locked(join(base, "lock"), () => Promise.resolve("done"))).toBe("done");
  });

  it("is not kept waiting by a lock that nobody signs any more, though its process's number is used again", async () => {
    mkdirSync(join(base, "lock"));
    writeFileSync(join(base, "lock", "pid"), String(process.pid));
    const old = new Date(Date.now() - 3_600_000);
    utimesSync(join(base, "lock", "pid"), old, old);
    expect(await locked(join(base, "lock"), () => Promise.resolve("done"))).toBe("done");
  });
});
