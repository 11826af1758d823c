import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";

import { defineConfig, type Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** The names of files in the output lie in this folder, also where node_modules is linked from elsewhere. */
const esbuildOptions: Options["esbuildOptions"] = (options) => {
  options.preserveSymlinks = true;
};

const shared = {
  target: "node18",
  format: ["cjs"],
  esbuildOptions,
  // The folder that the files of the package lie in, seen from each of them.
  define: { DIST: "__dirname" },
} satisfies Options;

const browser = {
  target: "es2022",
  format: ["esm"],
  platform: "browser",
  loader: { ".wasm": "base64" },
  esbuildOptions,
} satisfies Options;

export default defineConfig([
  {
    ...shared,
    entry: ["src/index.ts"],
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
    esbuildPlugins: [bothModuleSystems()],
  },
  {
    ...shared,
    entry: ["src/cli.ts"],
    // The command line's libraries are bundled: users install nothing for them.
    noExternal: ["commander"],
    esbuildPlugins: [api(), licences("cli.licences.txt")],
  },
  { ...shared, entry: { "wasm-worker": "src/wasm/node/worker.ts" } },
  {
    ...browser,
    entry: { "web/compute-pi": "src/web/index.ts" },
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
    // Inflates where the host does not.
    noExternal: ["fflate"],
    esbuildPlugins: [besides(), inPlaceOf(["src", "src/web"]), licences("web/compute-pi.licences.txt")],
  },
  {
    ...browser,
    entry: { "web/workerd": "src/web/index.ts" },
    esbuildPlugins: [
      besides(".wasm"),
      inPlaceOf(["src", "src/web/workerd"], ["src/web", "src/web/workerd"], ["src", "src/web"]),
    ],
  },
  {
    ...browser,
    entry: { "web/worker": "src/web/worker.ts" },
    minify: true,
    esbuildPlugins: [source("worker-source.js"), inPlaceOf(["src", "src/web"])],
  },
]);

/** Takes files of one folder in place of those with the same name in another: the first pair that has one counts. */
function inPlaceOf(...pairs: [replaced: string, replacing: string][]): Plugin {
  return {
    name: "in place of",
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path, importer, resolveDir }) => {
        if (importer === "") return undefined;
        for (const [replaced, replacing] of pairs) {
          const name = relative(replaced, join(resolveDir, path));
          const file = join(process.cwd(), replacing, `${name}.ts`);
          if (!name.startsWith("..") && file !== importer && existsSync(file)) return { path: file };
        }
        return undefined;
      });
    },
  };
}

/** Leaves files alone that the build puts beside its output, with such ends of their names. */
function besides(...ends: string[]): Plugin {
  return {
    name: "besides",
    setup(build) {
      build.onResolve({ filter: /^\..*\.(js|wasm)$/ }, ({ path, resolveDir }) => {
        if (path.endsWith(".js")) return { path, external: true };
        if (ends.some((end) => path.endsWith(end))) return { path: `../${basename(path)}`, external: true };
        // Where WebAssembly could not be built, what needs it fails, and nothing else.
        return existsSync(join(resolveDir, path)) ? undefined : { path, namespace: "missing" };
      });
      build.onLoad({ filter: /./, namespace: "missing" }, () => ({ contents: 'export default "";' }));
    },
  };
}

/** Writes a module of JavaScript that holds the text of the output. */
function source(file: string): Plugin {
  return {
    name: "source",
    setup(build) {
      build.initialOptions.write = false;
      build.onEnd(async ({ outputFiles = [] }) => {
        const { outdir = "dist" } = build.initialOptions;
        await mkdir(join(outdir, "web"), { recursive: true });
        for (const { text } of outputFiles) {
          await writeFile(join(outdir, "web", file), `export default ${JSON.stringify(text)};\n`);
        }
      });
    },
  };
}

/**
 * One CommonJS build, with ES modules that give on what it exports: there is one copy of the package in a process, with one
 * set of error classes. Node.js analyses each CommonJS module that an ES module imports, which takes Node.js 20 longer than the rest
 * of the import: between them is a module that is soon analysed. Bundlers that ask for it get one without.
 *
 * esbuild's own `module.exports` has getters, which test doubles cannot replace. A literal has plain properties, and
 * Node.js reads the names of an ES module from it.
 */
function bothModuleSystems(): Plugin {
  const namespace = "commonjs";
  return {
    name: "both module systems",
    setup(build) {
      let names = "";
      build.onResolve({ filter: /./ }, ({ kind, path, resolveDir }) =>
        kind === "entry-point" ? { namespace, path, pluginData: resolveDir } : undefined,
      );
      build.onLoad({ filter: /./, namespace }, async ({ path, pluginData }) => {
        const resolveDir = String(pluginData);
        const analysis = { bundle: true, write: false, metafile: true, format: "esm", platform: "node" } as const;
        const { metafile } = await build.esbuild.build({ ...analysis, entryPoints: [path], absWorkingDir: resolveDir });
        names = Object.values(metafile.outputs)
          .flatMap((output) => output.exports)
          .join(", ");
        return {
          contents: `
            import { ${names} } from "./${path}";
            module.exports = { ${names} };
            Object.defineProperty(module.exports, "__esModule", { value: true });`,
          resolveDir,
        };
      });
      build.onEnd(async () => {
        const { outdir = "dist" } = build.initialOptions;
        await mkdir(outdir, { recursive: true });
        await writeFile(join(outdir, "index.bundler.js"), `export { ${names} } from "./index.cjs";\n`);
        await writeFile(join(outdir, "bridge.cjs"), 'exports.api = require("./index.cjs");\n');
        const lines = ['import bridge from "./bridge.cjs";', `export const { ${names} } = bridge.api;\n`];
        await writeFile(join(outdir, "index.js"), lines.join("\n"));
      });
    },
  };
}

/** The command line requires the API that lies beside it. */
function api(): Plugin {
  return {
    name: "api",
    setup(build) {
      build.onResolve({ filter: /^(\.\.\/)+index$/ }, () => ({ path: "./index.cjs", external: true }));
    },
  };
}

/** Writes the licences of the bundled libraries, which ask to be kept with every copy. */
function licences(file: string): Plugin {
  return {
    name: "licences",
    setup(build) {
      const { outdir = "dist" } = build.initialOptions;
      build.initialOptions.metafile = true;
      build.onEnd(async ({ metafile }) => {
        const folders = Object.keys(metafile?.inputs ?? {}).flatMap(
          (path) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
        );
        const texts = [...new Set(folders)]
          .sort()
          .map(async (folder) => `${folder.slice(13)}\n\n${await licence(folder)}`);
        // The output itself may not be written yet.
        await mkdir(outdir, { recursive: true });
        await writeFile(join(outdir, file), (await Promise.all(texts)).join("\n----\n\n"));
      });
    },
  };
}

async function licence(folder: string): Promise<string> {
  for (const name of ["LICENSE", "LICENSE.md", "license"]) {
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    if (text !== undefined) return text;
  }
  // Some packages name their licence in the manifest only.
  return readFile(join(folder, "LICENSE-MIT.txt"), "utf8");
}
