import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";

import type { Consumer } from "@compute-pi-rs/registry";
import { emptyProject } from "./project";

const platformPackage = inject("published").platform;

interface Failure {
  name: string;
  code: string;
  problem: string;
  platform: string;
  supported: string[];
  remedies: string[];
  message: string;
  cause: string | null;
}

/** The error of `generate(10)` of the installed package; `before` runs in the process first. */
async function failure(consumer: Consumer, { before = "", env = {} } = {}): Promise<Failure> {
  const program = `
    ${before}
    const { generate, NativeBinaryError } = require('compute-pi-rs');
    generate(10).then(
      () => { throw new Error('it worked'); },
      (error) => {
        if (!(error instanceof NativeBinaryError)) throw error;
        const { name, code, problem, platform, supported, remedies, message, cause } = error;
        const text = cause instanceof Error ? cause.message : null;
        console.log(JSON.stringify({ name, code, problem, platform, supported, remedies, message, cause: text }));
      },
    );`;
  const { stdout } = await consumer.runOrThrow(process.execPath, ["--eval", program], {
    env: { COMPUTE_PI_RS_BACKEND: "native", ...env },
  });
  return JSON.parse(stdout) as Failure;
}

async function installed(options?: { omitOptional: boolean }): Promise<Consumer> {
  const consumer = emptyProject();
  onTestFinished(() => {
    consumer.dispose();
  });
  await consumer.install(["compute-pi-rs"], options);
  return consumer;
}

test("an install without optional dependencies says how to install them", async () => {
  const error = await failure(await installed({ omitOptional: true }));
  expect(error).toMatchObject({ name: "NativeBinaryError", code: "ERR_COMPUTE_PI_BINARY", problem: "missing" });
  expect(error.message).toContain(platformPackage.name);
  expect(error.remedies[0]).toContain("npm install --include=optional compute-pi-rs");
  expect(error.cause).toContain(platformPackage.name);
});

test("a binary of which only a fragment arrived is reported with the reason", async () => {
  const consumer = await installed();
  truncateSync(join(consumer.directory, "node_modules", platformPackage.name, "index.node"), 32);
  const error = await failure(consumer);
  expect(error).toMatchObject({ code: "ERR_COMPUTE_PI_BINARY", problem: "unloadable" });
  expect(error.cause).toBeTruthy();
  expect(error.remedies[0]).toContain(`npm install --force ${platformPackage.name}`);
});

test("a binary that is not one is reported with the reason", async () => {
  const consumer = await installed();
  writeFileSync(join(consumer.directory, "node_modules", platformPackage.name, "index.node"), "not a library");
  expect(await failure(consumer)).toMatchObject({ problem: "unloadable" });
});

test("the package of another version is not used", async () => {
  const consumer = await installed();
  const main = join(consumer.directory, "node_modules", "compute-pi-rs", "dist", "index.cjs");
  const rewrite = `
    const fs = require('node:fs');
    const text = fs.readFileSync(${JSON.stringify(main)}, 'utf8');
    fs.writeFileSync(${JSON.stringify(main)}, text.replace(/"0\\.\\d+\\.\\d+"/, '"9.9.9"'));`;
  await consumer.runOrThrow(process.execPath, ["--eval", rewrite]);
  expect(await failure(consumer)).toMatchObject({ problem: "mismatched" });
});

test.each([
  ["freebsd", "x64"],
  ["linux", "s390x"],
  ["sunos", "x64"],
])("%s on %s is told which platforms there are", async (platform, arch) => {
  // The process pretends; the loader asks the same two properties on such a machine.
  const before = `
    Object.defineProperty(process, 'platform', { value: '${platform}' });
    Object.defineProperty(process, 'arch', { value: '${arch}' });`;
  const error = await failure(await installed(), { before });
  expect(error).toMatchObject({ code: "ERR_COMPUTE_PI_BINARY", problem: "unsupported" });
  expect(error.platform).toContain(platform);
  expect(error.supported).toContain("linux-x64-gnu");
  expect(error.message).toContain("linux-x64-gnu");
});

test("COMPUTE_PI_RS_BINARY names the binary to load", async () => {
  const consumer = await installed({ omitOptional: true });
  const missing = await failure(consumer, { env: { COMPUTE_PI_RS_BINARY: "/nowhere/index.node" } });
  expect(missing).toMatchObject({ problem: "unloadable" });
  expect(missing.remedies[0]).toContain("COMPUTE_PI_RS_BINARY");
});

test("the import succeeds where the binary is missing", async () => {
  const consumer = await installed({ omitOptional: true });
  const program = "import('compute-pi-rs').then(({ generate }) => console.log(typeof generate))";
  const { stdout } = await consumer.runOrThrow(process.execPath, ["--eval", program]);
  expect(stdout).toBe("function\n");
});

test("an npm install of one machine can fetch the binary of another", async () => {
  const consumer = emptyProject();
  onTestFinished(() => {
    consumer.dispose();
  });
  await consumer.install(["compute-pi-rs"], { target: { os: "linux", cpu: "arm64", libc: "glibc" } });
  expect((await consumer.run("ls", ["node_modules/@compute-pi-rs"])).stdout).toBe("linux-arm64-gnu\n");
});
