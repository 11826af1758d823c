// @ts-check
// Makes the zip files of the examples that can be deployed. The same sources give the same bytes.
//
//   npm run lambda:package [-- --function NAME… --architecture ARCHITECTURE… --directory DIRECTORY --published]
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { shared } from "../../lib/shared.mjs";
import { isolatedEnvironment } from "@compute-pi-rs/registry";
import { zipFolder } from "../../release/zip.mjs";
import { architectures, examples, functions, scripts } from "./functions.mjs";
import { stageScript } from "./nodejs.mjs";
import { serveCheckout } from "./registry.mjs";
import { stageRust } from "./rust.mjs";

/**
 * @typedef {object} PackageOptions
 * @property {readonly string[]} [only] the names of functions; all by default
 * @property {readonly import("./functions.mjs").Architecture[]} [for] both by default
 * @property {string} [directory] of the zip files; `examples/lambda/dist` by default
 * @property {boolean} [published] install compute-pi-rs from the registry that npm uses, not from this checkout
 * @property {boolean} [anew] also those that another check of the same run has packaged already
 */

/**
 * @param {PackageOptions} [options]
 * @returns {Promise<Record<string, string>>} the paths of the zip files, by names such as `commonjs-arm64`
 */
export async function packageFunctions(options = {}) {
  const { only = functions, published = false, anew = false } = options;
  const targets = options.for ?? /** @type {const} */ (["x86_64", "arm64"]);
  const unknown = [
    ...only.filter((name) => !functions.includes(name)),
    ...targets.filter((name) => !(name in architectures)),
  ];
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(", ")}; there are ${functions.join(", ")}`);
  const source = new Source(targets, published);
  try {
    /** @type {Record<string, string>} */
    const archives = {};
    for (const architecture of targets) {
      for (const name of only) {
        const directory = options.directory ?? join(examples, "dist");
        mkdirSync(directory, { recursive: true });
        const archive = join(directory, `${name}-${architecture}.zip`);
        if (published || anew) {
          await packageFunction(name, architecture, archive, source);
        } else {
          const file = "function.zip";
          const made = await shared(`zip-${name}-${architecture}`, (folder) =>
            packageFunction(name, architecture, join(folder, file), source),
          );
          copyFileSync(join(made, file), archive);
        }
        archives[`${name}-${architecture}`] = archive;
      }
    }
    return archives;
  } finally {
    await source.close();
  }
}

/**
 * @param {string} name
 * @param {import("./functions.mjs").Architecture} architecture
 * @param {string} archive the path of the zip file
 * @param {Source} source
 */
async function packageFunction(name, architecture, archive, source) {
  const staged = mkdtempSync(join(tmpdir(), "compute-pi-rs-function-"));
  try {
    if (name === "rust") await stageRust(architecture, staged);
    else await stageScript(name, architecture, staged, await source.environment(name));
    writeFileSync(archive, zipFolder(staged));
  } finally {
    rmSync(staged, { recursive: true });
  }
}

/** Where npm gets the packages of the functions from: a registry that is started when a function needs one. */
class Source {
  #targets;
  #published;
  /** @type {Promise<import("@compute-pi-rs/registry").Registry> | undefined} */
  #registry;
  #home = mkdtempSync(join(tmpdir(), "compute-pi-rs-home-"));

  /**
   * @param {readonly import("./functions.mjs").Architecture[]} targets
   * @param {boolean} published
   */
  constructor(targets, published) {
    this.#targets = targets;
    this.#published = published;
  }

  /**
   * @param {string} name of a function
   * @returns {Promise<NodeJS.ProcessEnv>} what npm runs with
   */
  async environment(name) {
    if (this.#published || Object.keys(scripts[name]?.dependencies ?? {}).length === 0) return process.env;
    this.#registry ??= serveCheckout(this.#targets.map((target) => architectures[target].platform));
    return isolatedEnvironment((await this.#registry).url, this.#home);
  }

  async close() {
    const registry = await this.#registry?.catch(() => undefined);
    await registry?.stop();
    rmSync(this.#home, { recursive: true, force: true });
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
