import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { runOrThrow } from "@compute-pi-rs/steps";
import { requireTool, tool } from "./tools";

/** Bundles the project's `main.js` as users do who configure nothing, and gives the folder to serve. */
export type Bundle = (folder: string) => Promise<string>;

/** The part of webpack's interface that Rspack has as well. */
type Compile = (
  options: Record<string, unknown>,
  done: (
    error: Error | null,
    stats?: { hasErrors: () => boolean; hasWarnings: () => boolean; toString: () => string },
  ) => void,
) => void;

export const bundlers: Record<string, Bundle> = {
  vite: async (folder) => {
    const command = [join(tool("vite"), "bin", "vite.js"), "build", "--outDir", "vite", "--logLevel", "warn"];
    await runOrThrow(process.execPath, command, { cwd: folder });
    return join(folder, "vite");
  },
  webpack: (folder) => packed(requireTool("webpack") as Compile, folder, "webpack"),
  rspack: (folder) => packed((requireTool("@rspack/core") as { rspack: Compile }).rspack, folder, "rspack"),
  esbuild: async (folder) => {
    const output = withPage(folder, "esbuild");
    await esbuild(folder, ["main.js", "--format=esm", `--outfile=${join(output, "main.js")}`]);
    return output;
  },
};

/** Runs esbuild with flags for a bundle. */
export async function esbuild(folder: string, flags: readonly string[]): Promise<void> {
  await runOrThrow(join(tool("esbuild"), "bin", "esbuild"), ["--bundle", "--log-level=warning", ...flags], {
    cwd: folder,
  });
}

async function packed(compile: Compile, folder: string, name: string): Promise<string> {
  const output = withPage(folder, name);
  const options = {
    ...{ context: folder, mode: "production", entry: "./main.js", performance: false },
    output: { path: output, filename: "main.js" },
  };
  await new Promise<void>((resolve, reject) => {
    compile(options, (error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors() || stats?.hasWarnings()) reject(new Error(stats.toString()));
      else resolve();
    });
  });
  return output;
}

function withPage(folder: string, name: string): string {
  const output = join(folder, name);
  mkdirSync(output);
  cpSync(join(folder, "index.html"), join(output, "index.html"));
  return output;
}
