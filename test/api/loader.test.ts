import { execFile } from "node:child_process";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { build } from "tsup";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import manifest from "../../package.json";
import { installBinary, installation, type Installation } from "../installation";

const run = promisify(execFile);
const binary = String(process.env.COMPUTE_PI_RS_BINARY);
const platforms = Object.keys(manifest.neon.platforms);

/** An installation of the package as npm lays it out, without the package of a platform. */
let project: string;
let installed: Installation;

/** Runs a script in the project; what it prints as JSON is the result. */
async function script(source: string, env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const { stdout } = await run(process.execPath, ["-e", source], {
    cwd: project,
    env: { ...process.env, COMPUTE_PI_RS_BINARY: "", ...env },
  });
  return JSON.parse(stdout);
}

/** The failure of a call, as far as it goes through JSON. */
const failure = (before = "") => `${before}
  const { generate, NativeBinaryError } = require("compute-pi-rs");
  generate(5).then((digits) => ({ digits }), (error) => ({
    ...error, name: error.name, message: error.message, cause: error.cause && error.cause.code,
    typed: error instanceof NativeBinaryError,
  })).then((result) => console.log(JSON.stringify(result)));`;

beforeAll(async () => {
  installed = await installation();
  project = installed.folder;
});

afterAll(() => installed.remove());

describe("without a binary", () => {
  it("the import succeeds and a call says what is missing and how to get it", async () => {
    const missing = (await script(failure())) as Record<string, unknown>;
    const platform = String(missing.platform);
    expect(missing).toMatchObject({
      typed: true,
      name: "NativeBinaryError",
      code: "ERR_COMPUTE_PI_BINARY",
      problem: "missing",
      cause: "MODULE_NOT_FOUND",
      supported: platforms,
    });
    expect(platforms).toContain(platform);
    expect(missing.message).toContain(`@compute-pi-rs/${platform}, which holds the binary for ${platform}, is not`);
    expect(missing.message).toContain(`npm install --include=optional compute-pi-rs@${manifest.version}`);
  });

  it("on a platform that has none, a call names those that have one", async () => {
    const plan9 = `Object.defineProperty(process, "platform", { value: "plan9" });`;
    expect(await script(failure(plan9))).toMatchObject({
      typed: true,
      problem: "unsupported",
      platform: `plan9-${process.arch}`,
      supported: platforms,
      message: expect.stringContaining(`only for ${platforms.join(", ")}`) as string,
    });
  });

  it("and of a Node.js that was built against musl, musl is what counts", async () => {
    const before = `
      const os = require("node:os");
      const { RTLD_DEEPBIND, ...dlopen } = os.constants.dlopen;
      const musl = { ...os, constants: { ...os.constants, dlopen } };
      delete process.getBuiltinModule;
      const Module = require("node:module");
      const { _load } = Module;
      Module._load = (id, ...rest) => (/^(node:)?os$/.test(id) ? musl : _load(id, ...rest));`;
    const { platform } = (await script(failure(before))) as { platform: string };
    expect(platform).toMatch(/-musl$/);
  });

  it("without @neon-rs/load, that is what a call says is missing", async () => {
    const loader = join(project, "node_modules", "@neon-rs");
    await rename(loader, `${loader}.away`);
    try {
      expect(await script(failure())).toMatchObject({
        problem: "incomplete",
        platform: expect.stringMatching(/^linux-/) as string,
        message: expect.stringContaining("@neon-rs/load, which finds the binary, is not installed") as string,
      });
    } finally {
      await rename(`${loader}.away`, loader);
    }
  });
});

describe("with a binary", () => {
  let platform: string;

  beforeAll(async () => {
    ({ platform } = (await script(failure())) as { platform: string });
  });

  it("that cannot be loaded, the error carries the system's words", async () => {
    await installBinary(project, platform, "package.json");
    expect(await script(failure())).toMatchObject({
      typed: true,
      problem: "unloadable",
      cause: "ERR_DLOPEN_FAILED",
      message: expect.stringMatching(/cannot be loaded: .+index\.node/) as string,
    });
  });

  it("that is none of this package, the error says so", async () => {
    await writeFile(join(project, "node_modules", "@compute-pi-rs", platform, "package.json"), `{"main":"index.js"}`);
    await writeFile(join(project, "node_modules", "@compute-pi-rs", platform, "index.js"), "");
    expect(await script(failure())).toMatchObject({ problem: "unloadable" });
  });

  it("digits come", async () => {
    await installBinary(project, platform, binary);
    expect(await script(failure())).toEqual({ digits: [3, 1, 4, 1, 5] });
  });

  it("the report of the process is as it was, and was not asked", async () => {
    const before = `
      process.report.getReport = () => { throw new Error("asked"); };
      const report = JSON.stringify(Object.getOwnPropertyDescriptor(process, "report"));
      process.on("exit", () => {
        if (report !== JSON.stringify(Object.getOwnPropertyDescriptor(process, "report"))) process.exitCode = 1;
      });`;
    expect(await script(failure(before))).toEqual({ digits: [3, 1, 4, 1, 5] });
  });

  it("is loaded on first use, and in a Lambda function at import", async () => {
    const loaded = `
      const { native } = require("compute-pi-rs");
      const binaries = () => Object.keys(require.cache).filter((path) => path.endsWith(".node")).length;
      const onImport = binaries();
      native();
      console.log(JSON.stringify([onImport, binaries()]));`;
    expect(await script(loaded)).toEqual([0, 1]);
    expect(await script(loaded, { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128" })).toEqual([1, 1]);
  });

  it("COMPUTE_PI_RS_BINARY goes before it", async () => {
    expect(await script(failure(), { COMPUTE_PI_RS_BINARY: binary })).toEqual({ digits: [3, 1, 4, 1, 5] });
    expect(await script(failure(), { COMPUTE_PI_RS_BINARY: "none.node" })).toMatchObject({
      problem: "unloadable",
      message: expect.stringContaining("none.node (COMPUTE_PI_RS_BINARY) cannot be loaded") as string,
      remedies: [expect.stringContaining("Unset COMPUTE_PI_RS_BINARY")],
    });
  });

  it("of another version is refused", async () => {
    const path = join(project, "node_modules", "compute-pi-rs", "dist", "index.cjs");
    const other = `
      const { readFileSync, writeFileSync } = require("node:fs");
      const text = readFileSync(${JSON.stringify(path)}, "utf8");
      const module_ = new (require("node:module"))(${JSON.stringify(path)});
      module_.filename = ${JSON.stringify(path)};
      module_.paths = module.paths;
      module_._compile(text.replaceAll(${JSON.stringify(`"${manifest.version}"`)}, '"9.9.9"'), module_.filename);
      module_.exports.generate(5).catch((error) => console.log(JSON.stringify(error)));`;
    expect(await script(other)).toMatchObject({ code: "ERR_COMPUTE_PI_BINARY", problem: "mismatched" });
  });
});

describe("bundled into another file", () => {
  it.each(["cjs", "esm"] as const)(
    "a %s bundle fails with a call that says how to keep the package out",
    async (format) => {
      const entry = join(project, "entry.mjs");
      await writeFile(
        entry,
        `import { generate } from "compute-pi-rs"; generate(5).catch((error) => console.log(JSON.stringify(error)));`,
      );
      const elsewhere = await mkdtemp(join(tmpdir(), "bundle-"));
      try {
        await build({
          silent: true,
          config: false,
          entry: { bundle: entry },
          format,
          outExtension: () => ({ js: format === "cjs" ? ".cjs" : ".mjs" }),
          outDir: elsewhere,
          noExternal: [/.*/],
          splitting: false,
        });
        const env = { ...process.env, COMPUTE_PI_RS_BINARY: "" };
        const { stdout } = await run(
          process.execPath,
          [join(elsewhere, format === "cjs" ? "bundle.cjs" : "bundle.mjs")],
          {
            env,
          },
        );
        expect(JSON.parse(stdout)).toMatchObject({
          problem: "bundled",
          remedies: [expect.stringContaining("--external:compute-pi-rs"), expect.anything()],
        });
      } finally {
        await rm(elsewhere, { recursive: true });
      }
    },
  );
});
