import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { defineConfig, type Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

const shared = {
  target: "node18",
  minifySyntax: true,
  esbuildOptions(options, { format }) {
    // What `createRequire` takes in either format.
    if (format === "cjs") options.define = { "import.meta.url": "__filename" };
  },
} satisfies Options;

export default defineConfig([
  {
    ...shared,
    entry: ["src/index.ts"],
    format: ["esm", "cjs"],
    minifyWhitespace: true,
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  },
  {
    ...shared,
    entry: ["src/cli.ts"],
    format: ["cjs"],
    // The command line's libraries are bundled: users install nothing for them.
    noExternal: ["commander", "cli-progress"],
    minify: true,
    esbuildPlugins: [api(), emoji(), licences("cli.licences.txt")],
  },
]);

/** The command line requires the API that lies beside it. */
function api(): Plugin {
  return {
    name: "api",
    setup(build) {
      build.onResolve({ filter: /^\.\.\/index$/ }, () => ({ path: "./index.cjs", external: true }));
    },
  };
}

/** The progress bar has no emoji to measure: what Node.js knows of them spares 10 kB of tables. */
function emoji(): Plugin {
  return {
    name: "emoji",
    setup(build) {
      build.onResolve({ filter: /^emoji-regex$/ }, ({ path }) => ({ path, namespace: "own" }));
      build.onLoad({ filter: /^emoji-regex$/, namespace: "own" }, () => ({
        contents: "module.exports = () => /\\p{Emoji_Presentation}/gu;",
      }));
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
