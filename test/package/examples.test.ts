import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";

import type { Consumer } from "@compute-pi-rs/registry";
import { readManifest, root } from "../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { emptyProject } from "./project";

/** A copy of one folder of `examples`, alone, but for what only its authors need, which the registry of these tests lacks. */
function copied(name: string): Consumer {
  const consumer = emptyProject();
  onTestFinished(() => {
    consumer.dispose();
  });
  cpSync(join(root, "examples", name), consumer.directory, {
    recursive: true,
    filter: (path) => !/node_modules|dist$/.test(path),
  });
  const manifest = join(consumer.directory, "package.json");
  writeFileSync(manifest, JSON.stringify({ ...readManifest(consumer.directory), devDependencies: {} }));
  return consumer;
}

/** The output of a program of the folder. */
const PROGRAMS = [
  [
    "http",
    'import("./digits.mjs").then(async ({ answer }) => console.log((await (await answer("20")).body.toArray()).join("")));',
    "31415926535897932384",
  ],
  ["lambda", 'require("./app.js").handler({ digits: 20 }).then(({ pi }) => console.log(pi));', "31415926535897932384"],
] as const;

test.each(PROGRAMS)("examples/%s works when it is copied alone", async (name, program, digits) => {
  const consumer = copied(name);
  await consumer.runOrThrow("npm", ["install", "--omit=dev"]);
  expect((await consumer.runOrThrow(process.execPath, ["--eval", program])).stdout).toBe(`${digits}\n`);
});

test.each(PROGRAMS)("examples/%s works with the packed packages alone", async (name, program, digits) => {
  const consumer = copied(name);
  const { main, platform } = inject("published");
  await consumer.runOrThrow("npm", ["install", "--omit=dev", main.tarball, platform.tarball]);
  expect((await consumer.runOrThrow(process.execPath, ["--eval", program])).stdout).toBe(`${digits}\n`);
});

test("a copy of examples/lambda gives the zip file that its README describes", async () => {
  const consumer = copied("lambda");
  const target = ["--os=linux", "--cpu=arm64", "--libc=glibc"];
  await consumer.runOrThrow("npm", ["install", "--omit=dev", ...target]);
  mkdirSync(join(consumer.directory, "dist"));
  const archive = join("dist", "commonjs-arm64.zip");
  await runOrThrow("zip", ["-qr", archive, "app.js", "node_modules"], { cwd: consumer.directory });
  const { stdout } = await runOrThrow("unzip", ["-Z1", archive], { cwd: consumer.directory });
  const files = stdout.split("\n");
  expect(files).toContain("app.js");
  expect(files.filter((file) => file.endsWith("index.node"))).toEqual([
    "node_modules/@compute-pi-rs/linux-arm64-gnu/index.node",
  ]);
});
