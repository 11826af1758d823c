import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import ts from "typescript";

import { detectPlatform } from "../src/platform";

const run = promisify(execFile);
const loader = fileURLToPath(new URL("..", import.meta.url));

/** An addon of this machine, which another package has brought. */
export const addon = otherAddon();

function otherAddon(): string {
  const scope = fileURLToPath(new URL("../../../node_modules/@rollup", import.meta.url));
  const files = readdirSync(scope, { recursive: true, encoding: "utf8" });
  return join(scope, files.find((file) => file.endsWith(".node")) ?? "");
}

/** The platform that the tests run on. */
export const platform = detectPlatform();

/** A project into which a package that uses the loader is installed, with a platform's package if one is added. */
export class Project {
  private constructor(readonly folder: string) {}

  /** Builds the loader as it is published. @param source of the package's `dist/index.js`, in TypeScript */
  static async with(source: string): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), "addon-loader-")));
    const outDir = join(project.folder, "node_modules", "@compute-pi-rs", "addon-loader");
    await run(
      process.execPath,
      [createRequire(import.meta.url).resolve("typescript/bin/tsc"), "--outDir", join(outDir, "dist")],
      {
        cwd: loader,
      },
    );
    await cp(join(loader, "package.json"), join(outDir, "package.json"));
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
    await project.write("@acme/sum/dist/index.js", ts.transpileModule(source, { compilerOptions }).outputText);
    await project.manifest({ optionalDependencies: { [`@acme/sum-${platform}`]: "1.0.0" } });
    return project;
  }

  /** Writes the manifest of the package. */
  async manifest(more: object): Promise<void> {
    await this.write(
      "@acme/sum/package.json",
      JSON.stringify({ name: "@acme/sum", exports: "./dist/index.js", ...more }),
    );
  }

  /** Writes a file below `node_modules`. */
  async write(path: string, text: string): Promise<string> {
    const file = join(this.folder, "node_modules", path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  /** Installs a platform's package whose binary is a script. */
  async binary(script: string): Promise<void> {
    await this.write(`@acme/sum-${platform}/index.js`, script);
  }

  /** Calls the package in a process of its own: the sum of 1 and 2, or the error. */
  async call(
    options: { env?: NodeJS.ProcessEnv; flags?: string[]; before?: string; file?: string } = {},
  ): Promise<unknown> {
    const { env, flags = [], before = "", file = "@acme/sum" } = options;
    const program = `${before}
      const { sum } = require(${JSON.stringify(file)});
      let told;
      try { told = sum(1, 2); } catch (error) { told = { name: error.name, message: error.message, ...error }; }
      console.log(JSON.stringify(told));`;
    const { stdout } = await run(process.execPath, [...flags, "-e", program], {
      cwd: this.folder,
      env: { ...process.env, NODE_OPTIONS: "", ...env },
    });
    return JSON.parse(stdout);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}
