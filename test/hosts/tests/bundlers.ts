import { renameSync } from "node:fs";
import { expect } from "vitest";

import { tools } from "@compute-pi-rs/pinned-tools";
import type { HostProject } from "../project";
import type { HostTest } from "./host-test";

const entries = {
  "entry.cjs": 'const { generateString } = require("compute-pi-rs");\n',
  "entry.mjs": 'import { generateString } from "compute-pi-rs";\n',
};
const use = "generateString(10).then(console.log, (error) => console.log(error.code, error.problem));\n";

type Entry = keyof typeof entries;

/** Bundles an entry into the file. */
type Bundle = (project: HostProject, entry: Entry, file: string, external: boolean) => Promise<unknown>;

/** Runs what a bundler made: with the package beside it, and, where it was taken in, without. */
async function bundled(
  project: HostProject,
  bundle: Bundle,
  forgotten: readonly Entry[] = ["entry.cjs", "entry.mjs"],
): Promise<void> {
  project.write({
    "package.json": '{ "name": "user", "private": true, "dependencies": { "compute-pi-rs": "*" } }',
    ...Object.fromEntries(Object.entries(entries).map(([name, load]) => [name, load + use])),
  });
  for (const entry of ["entry.cjs", "entry.mjs"] as const) {
    const name = entry.replace("entry", "out");
    await bundle(project, entry, `${entry}-external/${name}`, true);
    const { stdout } = await project.node([`${entry}-external/${name}`], { COMPUTE_PI_RS_BACKEND: "native" });
    expect(stdout, entry).toBe("3141592653\n");
    if (!forgotten.includes(entry)) continue;
    await bundle(project, entry, `${entry}-forgotten/${name}`, false);
    const folder = project.alone(`${entry}-forgotten`);
    renameSync(project.path("node_modules"), project.path("hidden"));
    const { stdout: said } = await project.node([`${folder}/${name}`]);
    renameSync(project.path("hidden"), project.path("node_modules"));
    expect(said, `${entry}, without the package`).toBe("ERR_COMPUTE_PI_BINARY bundled\n");
  }
}

const isModule = (entry: Entry) => entry === "entry.mjs";

export const esbuild: HostTest = (project) =>
  bundled(project, (project, entry, file, external) =>
    project.run(project.script("esbuild", "bin", "esbuild"), [
      ...[entry, "--bundle", "--platform=node", "--target=node18", `--outfile=${file}`],
      `--format=${isModule(entry) ? "esm" : "cjs"}`,
      ...(external ? ["--external:compute-pi-rs"] : []),
      ...(isModule(entry)
        ? ['--banner:js=import { createRequire as r } from "node:module"; const require = r(import.meta.url);']
        : []),
    ]),
  );

/** webpack, and what has its interface. */
const likeWebpack =
  (name: string): HostTest =>
  (project) =>
    bundled(project, (project, entry, file, external) => {
      const [folder, filename] = file.split("/");
      const module = isModule(entry);
      const configuration = {
        ...{ mode: "production", target: "node", entry: `./${entry}`, context: project.directory },
        ...(module && { experiments: { outputModule: true } }),
        output: { path: project.path(folder ?? ""), filename, ...(module && { module, chunkFormat: "module" }) },
        ...(external && { externals: { "compute-pi-rs": `${module ? "module" : "commonjs"} compute-pi-rs` } }),
      };
      project.write({
        "build.cjs": `require("${name}")(${JSON.stringify(configuration)}, (error, stats) => {
          if (error || stats.hasErrors()) throw error ?? new Error(stats.toString("errors-only"));
        });`,
      });
      return project.node(["build.cjs"]);
    });

export const webpack = likeWebpack("webpack");

export const rspack = likeWebpack("@rspack/core");

export const rollup: HostTest = (project) =>
  bundled(project, (project, entry, file, external) => {
    project.write({
      "build.mjs": `
        import commonjs from "@rollup/plugin-commonjs";
        import { nodeResolve } from "@rollup/plugin-node-resolve";
        import { rollup } from "rollup";
        const plugins = [nodeResolve({ preferBuiltins: true }), commonjs()];
        const external = ${JSON.stringify(external ? ["compute-pi-rs"] : [])};
        const bundle = await rollup({ input: "${entry}", plugins, external: (id) => external.includes(id) || id.startsWith("node:") });
        await bundle.write({ file: "${file}", format: "${isModule(entry) ? "es" : "cjs"}" });`,
    });
    return project.node(["build.mjs"]);
  });

export const viteSsr: HostTest = async (project) => {
  await bundled(
    project,
    (project, entry, file) => {
      const [folder = "", name = ""] = file.split("/");
      project.write({
        "vite.config.mjs": `export default {
          build: { outDir: "${folder}", rolldownOptions: { output: { entryFileNames: "${name}", format: "${isModule(entry) ? "es" : "cjs"}" } } },
        };`,
      });
      return project.node([project.script("vite", "bin", "vite.js"), "build", "--ssr", entry]);
    },
    [],
  );
  project.write({
    "served.mjs": 'import { generateString } from "compute-pi-rs";\nexport const digits = () => generateString(10);\n',
    "serve.mjs": `
      import { createServer } from "vite";
      const server = await createServer({ configFile: false, server: { middlewareMode: true }, appType: "custom" });
      const { digits } = await server.ssrLoadModule("/served.mjs");
      console.log(await digits());
      await server.close();`,
  });
  const { stdout } = await project.node(["serve.mjs"]);
  expect(stdout).toContain("3141592653\n");
};

export const tsup: HostTest = (project) =>
  bundled(
    project,
    (project, entry, file) => {
      const [folder = ""] = file.split("/");
      const format = isModule(entry) ? "esm" : "cjs";
      const extension = isModule(entry) ? ".mjs" : ".cjs";
      project.write({
        "tsup.config.mjs": `export default {
          entry: { out: "${entry}" }, format: ["${format}"], outDir: "${folder}", outExtension: () => ({ js: "${extension}" }),
        };`,
      });
      return project.node([project.script("tsup", "dist", "cli-default.js")]);
    },
    [],
  );

export const bunBuild: HostTest = (project) =>
  bundled(project, (project, entry, file, external) =>
    project.run(tools.bun, [
      ...["build", entry, "--target=node", `--outfile=${file}`, `--format=${isModule(entry) ? "esm" : "cjs"}`],
      ...(external ? ["--external", "compute-pi-rs"] : []),
    ]),
  );

export const ncc: HostTest = (project) =>
  bundled(project, async (project, entry, file, external) => {
    const [folder = ""] = file.split("/");
    const flags = external ? ["--external", "compute-pi-rs"] : [];
    const script = project.script("@vercel", "ncc", "dist", "ncc", "cli.js");
    await project.node([script, "build", entry, "--out", folder, ...flags]);
    renameSync(project.path(folder, entry.replace("entry", "index")), project.path(file));
  });
