import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, it } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const program = fileURLToPath(new URL("programs/fault.cjs", import.meta.url));
const library = process.platform === "darwin" ? "libcompute_pi_rs.dylib" : "libcompute_pi_rs.so";

let folder: string;

/** Builds the addon with the faults compiled in. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "compute-pi-rs-"));
  const args = ["build", "--locked", "--package", "compute-pi-addon", "--features", "fault-injection"];
  await run("cargo", args, { cwd: join(root, "crate") });
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "crate", "target");
  await copyFile(join(target, "debug", library), join(folder, "faults.node"));
}, 600_000);

afterAll(() => rm(folder, { recursive: true }));

async function faulty(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return run(process.execPath, [program, join(folder, "faults.node"), ...args]);
}

it.each(["work", "conversion", "settling"])(
  "a panic at the point %s rejects with its message and place, and the next call succeeds",
  async (point) => {
    const { stdout, stderr } = await faulty("main", point);
    expect(stdout).toMatch(
      /^panic: the computation panicked: .*fault injection: \w+ \(.*promise\.rs:\d+:\d+\)\n31415\n$/,
    );
    expect(stdout).toContain(`: ${point} (`);
    expect(stderr).toBe("");
  },
);

it("a thread that Tokio cannot make rejects as such, and the next call succeeds", async () => {
  const { stdout, stderr } = await faulty("main", "thread");
  expect(stdout).toMatch(
    /^threads: the system gives no thread .*fault injection: thread \(.*pool\.rs:\d+:\d+\)\n31415\n$/,
  );
  expect(stderr).toBe("");
});

it.each(["info", "createJob", "progress", "digits", "openStream"])(
  "a panic in the function %s throws",
  async (point) => {
    const { stdout, stderr } = await faulty("main", point);
    expect(stdout).toMatch(new RegExp(`^thrown: .*fault injection: ${point} .*\n31415\n$`));
    expect(stderr).toBe("");
  },
);

it.each(["thread", "work", "conversion", "settling", "digits", "progress"])(
  "panics at the point %s in a worker that is terminated, and while the process exits, end cleanly",
  async (point) => {
    expect(await faulty("workers", point)).toEqual({ stdout: "16\n", stderr: "" });
  },
);
