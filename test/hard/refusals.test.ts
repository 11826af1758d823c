import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { root } from "../../scripts/lib/paths.mjs";
import { run, runOrThrow } from "@compute-pi-rs/steps";

// Hosts and systems that refuse what others give: shims stand for them.

const binary = join(root, "index.node");
const programs = join(root, "test", "hard", "programs");

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "compute-pi-rs-refusals-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function shim(name: string, folder: string): Promise<string> {
  const library = join(folder, `${name}.so`);
  await runOrThrow("cc", ["-shared", "-fPIC", "-o", library, join(programs, `${name}.c`), "-ldl"]);
  return library;
}

describe.runIf(process.platform === "linux")("where the system", () => {
  test.each([
    ["gives no thread at all", "never", "ERR_COMPUTE_PI_THREADS"],
    ["gives one again", "again", "ERR_COMPUTE_PI_THREADS, 200000 digits"],
    ["gives none, again and again, nothing is kept", "kept", "true"],
    ["gives no further thread", "later", "10 digits, 200000 digits, 1 digits"],
  ])("%s, calls end by themselves, and so does the process", async (_case, mode, said) => {
    const folder = await temporary();
    const env = {
      ...process.env,
      COMPUTE_PI_RS_BINARY: binary,
      LD_PRELOAD: await shim("no-threads", folder),
      REFUSE_THREADS: join(folder, "refuse"),
    };
    const args = ["--expose-gc", join(programs, "no-threads.mjs"), mode];
    const { stdout, stderr, exitCode } = await run(process.execPath, args, { env, timeout: 60_000 });
    expect({ said: stdout, stderr, exitCode }).toEqual({ said: `${said}\n`, stderr: "", exitCode: 0 });
  });

  test("lets no memory of ours stand behind an ArrayBuffer, bytes are copied", async () => {
    const folder = await temporary();
    const caged = join(folder, "caged.node");
    await copyFile(binary, caged);
    const names = (await readFile(binary)).toString("latin1");
    expect(names).toContain("napi_create_external_arraybuffer");
    const renamed = names.replace(/(napi_create_external_(?:array)?buffe)r/g, "$1X");
    await writeFile(caged, renamed, "latin1");
    const env = {
      ...process.env,
      COMPUTE_PI_RS_BINARY: caged,
      LD_PRELOAD: await shim("no-external-buffers", folder),
    };
    await runOrThrow(process.execPath, [join(programs, "every-call.mjs")], { env });
  });
});
