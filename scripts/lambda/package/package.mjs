// @ts-check
// Makes the zip files of the examples that can be deployed. The same sources give the same bytes.
//
//   npm run lambda:package [-- --function NAME… --architecture ARCHITECTURE… --directory DIRECTORY --published]
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isolatedEnvironment } from "../../registry/environment.mjs";
import { zipFolder } from "../../release/zip.mjs";
import { architectures, examples, functions, scripts } from "./functions.mjs";
import { stageScript } from "./nodejs.mjs";
import { serveCheckout } from "./registry.mjs";
import { stageRust } from "./rust.mjs";

/**
 * @typedef {object} PackageOptions
 * @property {readonly string[]} [only] the names of functions; all by default
 * @property {readonly import("./functions.mjs").Architecture[]} [for] both by default
 * @property {string} [directory] of the zip files; `dist` in each example's folder by default
 * @property {boolean} [published] install compute-pi-rs from the registry that npm uses, not from this checkout
 */

/**
 * @param {PackageOptions} [options]
 * @returns {Promise<Record<string, string>>} the paths of the zip files, by names such as `commonjs-arm64`
 */
export async function packageFunctions(options = {}) {
  const { only = functions, published = false } = options;
  const targets = options.for ?? /** @type {const} */ (["x86_64", "arm64"]);
  const unknown = [
    ...only.filter((name) => !functions.includes(name)),
    ...targets.filter((name) => !(name in architectures)),
  ];
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(", ")}; there are ${functions.join(", ")}`);
  const installs = only.some((name) => Object.keys(scripts[name]?.dependencies ?? {}).length > 0);
  const platforms = targets.map((name) => architectures[name].platform);
  const local = installs && !published ? await serveCheckout(platforms) : undefined;
  const home = mkdtempSync(join(tmpdir(), "compute-pi-rs-home-"));
  try {
    const env = local ? isolatedEnvironment(local.url, home) : process.env;
    /** @type {Record<string, string>} */
    const archives = {};
    for (const architecture of targets) {
      for (const name of only) {
        const directory = options.directory ?? join(scripts[name]?.folder ?? examples, "dist");
        mkdirSync(directory, { recursive: true });
        const archive = join(directory, `${name}-${architecture}.zip`);
        const staged = mkdtempSync(join(tmpdir(), "compute-pi-rs-function-"));
        if (name === "rust") await stageRust(architecture, staged);
        else await stageScript(name, architecture, staged, env);
        writeFileSync(archive, zipFolder(staged));
        rmSync(staged, { recursive: true });
        archives[`${name}-${architecture}`] = archive;
      }
    }
    return archives;
  } finally {
    await local?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      function: { type: "string", multiple: true },
      architecture: { type: "string", multiple: true },
      directory: { type: "string" },
      published: { type: "boolean" },
    },
  });
  const { function: only, architecture, ...others } = values;
  const archives = await packageFunctions({
    ...others,
    ...(only && { only }),
    ...(architecture && { for: /** @type {import("./functions.mjs").Architecture[]} */ (architecture) }),
  });
  for (const path of Object.values(archives)) {
    console.log(`${(statSync(path).size / 1024).toFixed(0).padStart(6)} kB  ${path}`);
  }
}
