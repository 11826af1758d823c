import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, it } from "vitest";

import { installation, type Installation } from "../installation";

let installed: Installation;

beforeAll(async () => {
  installed = await installation();
});

afterAll(() => installed.remove());

function program(name: string): string {
  return fileURLToPath(new URL(`programs/${name}`, import.meta.url));
}

it("no moment to terminate a worker crashes the process", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program("terminate.cjs"), "12"]);
  expect(stdout).toBe("96\n");
});

it("no moment to exit crashes the process", async () => {
  const exit = () =>
    new Promise((resolve) => {
      const args = [program("exit.cjs"), `${installed.folder}/node_modules/compute-pi-rs`];
      execFile(process.execPath, args, (error) => {
        resolve(error?.signal ?? error?.code);
      });
    });
  for (let round = 0; round < 10; round++) {
    expect(await Promise.all([exit(), exit()])).toEqual([7, 7]);
  }
});
