import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, it } from "vitest";

import { installation, type Installation } from "../installation";

const run = promisify(execFile);

let installed: Installation;

beforeAll(async () => {
  installed = await installation();
});

afterAll(() => installed.remove());

/** Runs a program whose main thread never loads the addon. */
async function program(source: string): Promise<string> {
  const file = join(installed.folder, "program.cjs");
  await writeFile(
    file,
    `const { Worker } = require("node:worker_threads"); const { once } = require("node:events");\n${source}`,
  );
  return (await run(process.execPath, [file], { cwd: installed.folder })).stdout;
}

it("worker threads load, compute and exit, ten at a time, repeatedly", async () => {
  const stdout = await program(`
    const code = \`require("compute-pi-rs").generateString(1000).then((pi) => require("node:worker_threads").parentPort.postMessage(pi))\`;
    (async () => {
      for (let round = 0; round < 5; round++) {
        const workers = Array.from({ length: 10 }, () => new Worker(code, { eval: true }));
        const results = await Promise.all(workers.map(async (worker) => {
          const [[pi], [exitCode]] = await Promise.all([once(worker, "message"), once(worker, "exit")]);
          return pi.length === 1000 && exitCode === 0;
        }));
        console.log(results.every(Boolean));
      }
    })();`);
  expect(stdout).toBe("true\n".repeat(5));
});

it("a worker may be terminated while it computes", async () => {
  const stdout = await program(`
    const code = \`require("compute-pi-rs").generate(20_000_000, { maxMemory: Infinity })\`;
    (async () => {
      for (let round = 0; round < 5; round++) {
        const worker = new Worker(code, { eval: true });
        await once(worker, "online");
        await new Promise((resolve) => setTimeout(resolve, 100));
        console.log(await worker.terminate());
      }
      process.exit();
    })();`);
  expect(stdout).toBe("1\n".repeat(5));
});

it("a process may exit while it computes", async () => {
  const stdout = await program(`
    require("compute-pi-rs").generate(20_000_000, { maxMemory: Infinity });
    setTimeout(() => { console.log("exit"); process.exit(0); }, 100);`);
  expect(stdout).toBe("exit\n");
});
