import { execFile } from "node:child_process";
import { readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { root } from "../../scripts/lib/paths.mjs";
import { installation, type Installation } from "../installation";

const run = promisify(execFile);
const binary = String(process.env.COMPUTE_PI_RS_BINARY);

let installed: Installation;
let folder: string;

beforeAll(async () => {
  installed = await installation();
  folder = await mkdtemp(join(tmpdir(), "binary-"));
});

afterAll(async () => {
  await installed.remove();
  await rm(folder, { recursive: true });
});

/** The result of a call with a file for its binary, and with flags of Node.js. */
async function outcome(file: string, flags: string[] = []): Promise<unknown> {
  const program = `require("compute-pi-rs").generateString(5).then(
    (digits) => console.log(JSON.stringify({ digits })),
    ({ code, problem, message, remedies }) => console.log(JSON.stringify({ code, problem, message, remedies })));`;
  const env = { ...process.env, NODE_OPTIONS: "", COMPUTE_PI_RS_BINARY: file };
  const options = { cwd: installed.folder, env, timeout: 30_000 };
  return JSON.parse((await run(process.execPath, [...flags, "-e", program], options)).stdout);
}

const unloadable = { code: "ERR_COMPUTE_PI_BINARY", problem: "unloadable" };

describe("a file that is no binary is refused before the system's loader touches it", () => {
  const { size } = statSync(binary);

  it.each([0, 1, 63, 64, 100, 4096, 20_000, size >> 2, size >> 1, size - 70_000, size - 4096, size - 1])(
    "its first %d bytes",
    async (length) => {
      const part = join(folder, `${length}.node`);
      await cp(binary, part);
      truncateSync(part, length);
      expect(await outcome(part)).toMatchObject(unloadable);
    },
  );

  it("a pipe, a folder, a device, a text, and nothing", async () => {
    const pipe = join(folder, "pipe.node");
    await run("mkfifo", [pipe]);
    await mkdir(join(folder, "folder.node"));
    writeFileSync(join(folder, "text.node"), "no binary");
    for (const file of [pipe, join(folder, "folder.node"), "/dev/zero", join(folder, "text.node"), "/nowhere.node"]) {
      expect(await outcome(file), file).toMatchObject(unloadable);
    }
  });

  it("an addon of something else", async () => {
    const scope = join(root, "node_modules", "@rollup");
    const [found = ""] = readdirSync(scope).filter((name) => name.startsWith(`rollup-${process.platform}`));
    const [other = ""] = readdirSync(join(scope, found)).filter((name) => name.endsWith(".node"));
    const { message, ...rest } = (await outcome(join(scope, found, other))) as { message: string };
    expect(rest).toMatchObject(unloadable);
    expect(message).toContain("it is not a binary of compute-pi-rs");
  });
});

describe("flags of Node.js that forbid addons", () => {
  const permission = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";

  it("--permission: the remedy names --allow-addons, which helps", async () => {
    const flags = ["--no-warnings", permission, "--allow-fs-read=*"];
    const { remedies, ...rest } = (await outcome(binary, flags)) as { remedies: string[] };
    expect(rest).toMatchObject({ code: "ERR_COMPUTE_PI_BINARY", problem: "forbidden" });
    expect(remedies[0]).toContain("--allow-addons");
    expect(await outcome(binary, [...flags, "--allow-addons"])).toEqual({ digits: "31415" });
  });

  it("--permission without the right to read the binary: the remedy names --allow-fs-read", async () => {
    const flags = ["--no-warnings", permission, "--allow-addons", `--allow-fs-read=${installed.folder}/*`];
    const { remedies, ...rest } = (await outcome(join(folder, "100.node"), flags)) as { remedies: string[] };
    expect(rest).toMatchObject({ code: "ERR_COMPUTE_PI_BINARY", problem: "forbidden" });
    expect(remedies[0]).toContain("--allow-fs-read=");
  });

  it("--no-addons: the remedy names it", async () => {
    const { remedies, ...rest } = (await outcome(binary, ["--no-addons"])) as { remedies: string[] };
    expect(rest).toMatchObject({ problem: "forbidden" });
    expect(remedies.join()).toContain("without --no-addons");
  });
});
