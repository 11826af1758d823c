import { describe, expect, it } from "vitest";

import { run, runOrThrow } from "../run.mjs";

const shell = (script: string) => ["-c", script];

describe("runOrThrow", () => {
  it("gives what a program prints, to the letter", async () => {
    const { stdout, stderr } = await runOrThrow("sh", shell("echo out; echo err >&2"));
    expect({ stdout, stderr }).toEqual({ stdout: "out\n", stderr: "err\n" });
  });

  it("throws what a program printed that fails", async () => {
    const failing = runOrThrow("sh", shell("echo some; echo reason >&2; exit 3"));
    await expect(failing).rejects.toThrow(/exit code 3[^]*reason[^]*some/);
  });

  it("gives it an environment that is whole, and none of ours", async () => {
    const { stdout } = await runOrThrow("sh", shell('echo "$ONE $HOME"'), {
      env: { ONE: "1", PATH: process.env.PATH },
    });
    expect(stdout).toBe("1 \n");
  });

  it("gives it our environment where none is named, and an input that is at its end", async () => {
    const { stdout } = await runOrThrow("sh", shell('cat; echo "$HOME"'));
    expect(stdout).toBe(`${process.env.HOME}\n`);
  });
});

describe("run", () => {
  it("takes a failure for a result", async () => {
    expect(await run("sh", shell("exit 3"))).toMatchObject({ exitCode: 3 });
    expect(await run("no-such-program", [])).toMatchObject({ code: "ENOENT", stdout: "" });
  });

  it("ends a program at its time, whatever that does about signals", async () => {
    const result = await run("sh", shell("trap '' TERM; while :; do :; done"), { timeout: 200 });
    expect(result).toMatchObject({ timedOut: true, signal: "SIGKILL" });
  });
});
