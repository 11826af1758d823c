import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";

import type { Consumer } from "@compute-pi-rs/registry";
import { readManifest, root } from "../../scripts/lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { emptyProject, installedProject } from "./project";

const base = mkdtempSync(join(tmpdir(), "compute-pi-rs-checkout-"));
afterAll(() => {
  rmSync(base, { recursive: true });
});

/** A copy of what matters of this checkout, as a repository of git. */
async function checkout(name: string, { built }: { built: boolean }): Promise<string> {
  const folder = join(base, name);
  for (const path of ["scripts/lib", "scripts/package", "tools/steps", "crate/Cargo.toml", "README.md", "LICENSE"]) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  // The registry of these tests has no tools to build with.
  for (const path of ["package.json", "tools/steps/package.json"]) {
    const manifest = { ...readManifest(dirname(join(root, path))), devDependencies: {}, overrides: {} };
    if (path.startsWith("tools/")) manifest.dependencies = {};
    writeFileSync(join(folder, path), JSON.stringify(manifest));
  }
  if (built) {
    for (const path of ["dist", "index.node", "node_modules/@neon-rs/load"]) {
      cpSync(join(root, path), join(folder, path), { recursive: true });
    }
  }
  const git = (...args: string[]) => runOrThrow("git", args, { cwd: folder, env: process.env });
  await git("init", "--quiet");
  await git("add", "--all", "--force");
  await git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message=checkout");
  return folder;
}

function project(): Consumer {
  const consumer = emptyProject();
  onTestFinished(() => {
    consumer.dispose();
  });
  return consumer;
}

describe("a built checkout gives its digits to the project that it is installed into", () => {
  test.each([
    ["its path", ["install", "PATH"]],
    ["its path, copied", ["install", "--install-links", "PATH"]],
    ["npm link", ["link", "PATH"]],
    ["git", ["install", "git+file://PATH"]],
  ])("by %s", async (way, args) => {
    const consumer = project();
    const folder = await checkout(way.replaceAll(/\W/g, "-"), { built: true });
    const prefix = join(dirname(consumer.directory), "global");
    mkdirSync(join(prefix, "lib"), { recursive: true });
    const env = { npm_config_prefix: prefix };
    await consumer.runOrThrow(
      "npm",
      args.map((arg) => arg.replace("PATH", folder)),
      { env },
    );
    for (const program of ["require.cjs", "import.mjs"]) {
      expect(await consumer.run(process.execPath, [program]), program).toMatchObject({ exitCode: 0, stderr: "" });
    }
  });
});

test("from git, without Rust, npm says that Rust is missing", async () => {
  const consumer = project();
  const folder = await checkout("unbuilt", { built: false });
  const tools = join(base, "tools");
  for (const tool of ["sh", "git", "env"]) {
    const { stdout } = await runOrThrow("which", [tool], { env: process.env });
    cpSync(stdout.trim(), join(tools, tool), { dereference: true });
  }
  const npm = (await runOrThrow("which", ["npm"], { env: process.env })).stdout.trim();
  const path = [tools, dirname(process.execPath), dirname(npm)].filter((each) => !existsSync(join(each, "cargo")));
  const { exitCode, stderr } = await consumer.run(npm, ["install", `git+file://${folder}`], {
    env: { PATH: path.join(":") },
  });
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain("is missing. Install it with rustup");
});

test("a checkout that was not built says how to build it", async () => {
  const consumer = await installedProject();
  const folder = join(consumer.directory, "node_modules", "compute-pi-rs");
  writeFileSync(join(folder, "package.json"), JSON.stringify(readManifest(root)));
  rmSync(join(consumer.directory, "node_modules", "@compute-pi-rs"), { recursive: true });
  const program = 'require("compute-pi-rs").generate(5).catch(({ remedies }) => console.log(remedies.join()));';
  const env = { COMPUTE_PI_RS_BACKEND: "native" };
  const { stdout } = await consumer.runOrThrow(process.execPath, ["--eval", program], { env });
  expect(stdout).toBe(`This is a checkout: build its binary by npm run build, in ${folder}\n`);
});

test("a published package never loads a file that lies about, and its manifest knows no checkout", async () => {
  const consumer = await installedProject();
  const folder = join(consumer.directory, "node_modules", "compute-pi-rs");
  for (const place of [folder, join(folder, "dist"), consumer.directory]) {
    writeFileSync(join(place, "index.node"), "no binary");
  }
  expect(await consumer.run(process.execPath, ["require.cjs"])).toMatchObject({ exitCode: 0, stderr: "" });
  const manifest = readManifest(folder);
  const { files, scripts = {} } = manifest;
  expect(manifest).not.toHaveProperty("workspaces");
  expect(files).toEqual(["dist", "!dist/pi-small.wasm", "CHANGELOG.md"]);
  expect(scripts).not.toHaveProperty("prepare");
});
