import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Consumer } from "@compute-pi-rs/registry";
import { emptyProject } from "./project";

let consumer: Consumer;

beforeAll(async () => {
  consumer = emptyProject();
  await consumer.install(["compute-pi-rs"]);
  rmSync(join(consumer.directory, "node_modules", "@compute-pi-rs"), { recursive: true });
});

afterAll(() => {
  consumer.dispose();
});

const node = (args: string[], env: Record<string, string> = {}) => consumer.run(process.execPath, args, { env });

describe("without the package of the platform", () => {
  it.each([
    ["require", "Promise.resolve(require('compute-pi-rs'))"],
    ["import", "import('compute-pi-rs')"],
  ])("%s gives a package that computes, and warns once", async (_how, load) => {
    const first = `${load}.then(({ generate }) => generate(5)).then(console.log)`;
    const second = "require('compute-pi-rs').generate(3).then(console.log)";
    const { exitCode, stdout, stderr } = await node(["--eval", `${first}.then(() => ${second})`]);
    expect([exitCode, stdout]).toEqual([0, "[ 3, 1, 4, 1, 5 ]\n[ 3, 1, 4 ]\n"]);
    expect(stderr.match(/COMPUTE_PI_WASM/g)).toHaveLength(1);
    expect(stderr).toContain("npm install --include=optional compute-pi-rs");
  });

  it("native() tells what computes, and why", async () => {
    const program = "const { backend, reason, simd } = require('compute-pi-rs').native();";
    const { stdout } = await node(["--eval", `${program} console.log(backend, reason.problem, simd)`]);
    expect(stdout).toMatch(/^wasm missing wasm/);
  });

  it("COMPUTE_PI_RS_BACKEND=native refuses, and wasm does not warn", async () => {
    const program = "require('compute-pi-rs').generate(3).then(console.log, ({ problem }) => console.log(problem));";
    expect((await node(["--eval", program], { COMPUTE_PI_RS_BACKEND: "native" })).stdout).toBe("missing\n");
    const meant = await node(["--eval", program], { COMPUTE_PI_RS_BACKEND: "wasm" });
    expect([meant.stdout, meant.stderr]).toEqual(["[ 3, 1, 4 ]\n", ""]);
  });

  it("a process that has what it asked for ends at once", async () => {
    const program = `
      const began = Date.now();
      require('compute-pi-rs').generate(3).then(() => process.on('exit', () => console.log(Date.now() - began < 4000)));`;
    expect((await node(["--eval", program], { COMPUTE_PI_RS_BACKEND: "wasm" })).stdout).toBe("true\n");
  });

  it("an abort ends the worker thread", async () => {
    const program = `
      const { generateBytes } = require('compute-pi-rs');
      const aborter = new AbortController();
      generateBytes(50_000_000, { signal: aborter.signal }).catch(({ name }) => console.log(name));
      setTimeout(() => aborter.abort(), 200);`;
    expect(await node(["--eval", program], { COMPUTE_PI_RS_BACKEND: "wasm" })).toMatchObject({
      exitCode: 0,
      stdout: "AbortError\n",
    });
  });

  it("where worker threads are not permitted, the error names the flags", async () => {
    const program = "require('compute-pi-rs').generate(3).catch(({ code, message }) => console.log(code, message));";
    const flags = [permission, "--allow-fs-read=*"];
    const { stdout } = await node([...flags, "--eval", program], { COMPUTE_PI_RS_BACKEND: "wasm" });
    expect(stdout).toContain("--allow-worker");
    const { stdout: neither } = await node([...flags, "--eval", program]);
    expect(neither).toMatch(/^ERR_COMPUTE_PI_BINARY .*is not installed/);
    expect(neither).toContain("--allow-worker");
    const allowed = "require('compute-pi-rs').generate(3).then(console.log);";
    const { stdout: digits } = await node([...flags, "--allow-worker", "--eval", allowed]);
    expect(digits).toBe("[ 3, 1, 4 ]\n");
  });
});

/** Node.js before 23.5 calls its permission model an experiment. */
const permission = process.allowedNodeEnvironmentFlags.has("--permission")
  ? "--permission"
  : "--experimental-permission";
