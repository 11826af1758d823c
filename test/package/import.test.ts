import { describe, expect, test } from "vitest";

import { nodeRuntimes } from "@compute-pi-rs/pinned-tools";
import { installedProject } from "./project";

// An import is slow by the modules that it loads, which can be counted, unlike its time. `node bench/import/run.mjs` measures that.

const consumer = await installedProject();

/** All that a program has loaded at its end: modules of Node.js itself, and files. `process.stdout` would load more. */
const report = `
  require("node:fs").writeSync(1, JSON.stringify({
    builtins: process.moduleLoadList.filter((name) => name.startsWith("NativeModule ")).map((name) => name.slice(13)),
    files: Object.keys(require("node:module")._cache).map((path) => path.replace(/^.*node_modules./, "")).sort(),
  }));`;

async function loaded(node: string, file: string, source: string) {
  consumer.write(file, source);
  const { stdout } = await consumer.runOrThrow(node, [file]);
  return JSON.parse(stdout) as { builtins: string[]; files: string[] };
}

const systems = [
  {
    format: "CommonJS",
    file: "loaded.cjs",
    head: 'require("node:module");',
    load: 'require("compute-pi-rs");',
    files: ["compute-pi-rs/dist/index.cjs"],
  },
  {
    format: "ES module",
    file: "loaded.mjs",
    head: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    load: 'import "compute-pi-rs";',
    // The cache does not list the ES module in front of them.
    files: ["compute-pi-rs/dist/bridge.cjs", "compute-pi-rs/dist/index.cjs"],
  },
];

describe.each(nodeRuntimes())("on Node.js $version", ({ path: node }) => {
  /** All that a program loads more than an empty one. */
  async function added(file: string, head: string, source: string) {
    const empty = await loaded(node, file, head + report);
    const { builtins, files } = await loaded(node, file, head + source + report);
    return {
      builtins: builtins.filter((name) => !empty.builtins.includes(name) && !name.startsWith("internal/")),
      files: files.filter((name) => !empty.files.includes(name)),
    };
  }

  test.each(systems)("an import as $format loads the package alone", async ({ file, head, load, files }) => {
    expect(await added(file, head, load)).toEqual({ builtins: [], files });
  });

  test.each(systems)(
    "the first call in $format loads the binary and what finds it",
    async ({ file, head, load, files: own }) => {
      const { builtins, files } = await added(file, head, `${load} require("compute-pi-rs").native();`);
      // Newer versions of Node.js have loaded the channels by themselves.
      expect(builtins.filter((name) => name !== "diagnostics_channel")).toEqual(["os"]);
      expect(files).toEqual([
        expect.stringMatching(/^@compute-pi-rs\/.*\/index\.node$/),
        "@neon-rs/load/dist/index.js",
        ...own,
      ]);
    },
  );
});
