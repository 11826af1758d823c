import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { inject } from "vitest";

import { root } from "../../scripts/lib/paths.mjs";
import { run, runOrThrow } from "@compute-pi-rs/steps";
import { isolatedEnvironment } from "@compute-pi-rs/registry";
import { npmPackages } from "@compute-pi-rs/steps";

/** How a tool's packages come into a project: some take a link out of the project for a mistake. */
export interface Setting {
  tools: "linked" | "copied";
}

/** A user's project with the package and with a tool. */
export class HostProject {
  readonly #base: string;
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;

  private constructor(base: string) {
    this.#base = base;
    this.directory = join(base, "project");
    const home = join(base, "home");
    mkdirSync(home);
    // Nothing that a tool does needs a registry.
    this.env = isolatedEnvironment("http://127.0.0.1:9/", home);
  }

  /** @param folder - With the manifest of the tools, and their lockfile. */
  static async create(folder: string | undefined, { tools }: Setting = { tools: "linked" }): Promise<HostProject> {
    const project = new HostProject(mkdtempSync(join(tmpdir(), "compute-pi-rs-host-")));
    cpSync(inject("installed"), project.directory, { recursive: true, verbatimSymlinks: true });
    if (folder !== undefined) {
      const home = await npmPackages(`host-${basename(folder)}`, join(root, folder));
      const modules = join(home, "node_modules");
      for (const name of packagesIn(modules)) {
        const target = join(project.directory, "node_modules", name);
        mkdirSync(dirname(target), { recursive: true });
        if (tools === "linked") symlinkSync(join(modules, name), target);
        else cpSync(join(modules, name), target, { recursive: true, verbatimSymlinks: true });
      }
    }
    return project;
  }

  /** A file of the project. */
  path(...names: string[]): string {
    return join(this.directory, ...names);
  }

  /** Writes files, by their names. */
  write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), text);
    }
  }

  run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    return run(command, args, { cwd: this.directory, env: { ...this.env, ...env }, timeout: 480_000 });
  }

  /** Runs a script of the tool, or one of the project, with this Node.js. */
  node(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const options = { cwd: this.directory, env: { ...this.env, ...env }, timeout: 480_000 };
    return runOrThrow(process.execPath, args, options);
  }

  /** A script of a package that is installed in the project. */
  script(...names: string[]): string {
    return this.path("node_modules", ...names);
  }

  /** Moves what was made out of the project: what it needs besides, it does not find there. */
  alone(made: string): string {
    const target = mkdtempSync(join(this.#base, "elsewhere-"));
    renameSync(this.path(made), target);
    return target;
  }

  dispose(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }
}

/** The names of the packages in a `node_modules`. */
function packagesIn(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : name,
    );
}
