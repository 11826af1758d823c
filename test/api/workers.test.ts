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

it("work ends with its worker, and not because memory is collected", async () => {
  const stdout = await program(`
    require("node:v8").setFlagsFromString("--expose-gc");
    const gc = require("node:vm").runInNewContext("gc");
    const busy = async (milliseconds) => {
      const { user } = process.cpuUsage();
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return (process.cpuUsage().user - user) / 1000 / milliseconds;
    };
    (async () => {
      const options = '{ algorithm: "spigot", threads: 1, maxMemory: Infinity }';
      const worker = new Worker('require("compute-pi-rs").generate(10_000_000, ' + options + ')', { eval: true });
      await once(worker, "online");
      await new Promise((resolve) => setTimeout(resolve, 300));
      await worker.terminate();
      await busy(100);
      console.log(await busy(500) < 0.1);
      const { generateString, stream } = require("compute-pi-rs");
      const timer = setInterval(gc, 5);
      console.log((await generateString(8000, { algorithm: "spigot" })).length);
      let length = 0;
      for await (const chunk of stream(200_000)) length += chunk.length;
      console.log(length);
      clearInterval(timer);
    })();`);
  expect(stdout).toBe("true\n8000\n200000\n");
});

it("a process may exit while it computes", async () => {
  const stdout = await program(`
    require("compute-pi-rs").generate(20_000_000, { maxMemory: Infinity });
    setTimeout(() => { console.log("exit"); process.exit(0); }, 100);`);
  expect(stdout).toBe("exit\n");
});
