// @ts-check
/**
 * Makes a new repository around one function of Rust: a package for npm with prebuilt binaries, from the folder `template` and what
 * this repository has worked out.
 *
 * usage: npm run scaffold -- DIRECTORY --name @acme/digest --repository https://github.com/acme/digest
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installFromLockfile } from "../../tools/steps/install.mjs";
import { readManifest, root } from "../lib/paths.mjs";
import { replacements } from "./replacements.mjs";

const usage = "usage: npm run scaffold -- DIRECTORY --name @acme/digest --repository https://github.com/acme/digest";

/** Taken as they are here. */
const shared = ["docker/Dockerfile.aarch64", "docker/Dockerfile.x86_64"];

/**
 * @param {string} directory that does not exist yet, or is empty
 * @param {{ name: string, repository: string }} options
 */
export async function scaffold(directory, options) {
  if (existsSync(directory) && readdirSync(directory).length > 0) throw new Error(`${directory} is not empty`);
  installFromLockfile(root);
  const { version } = readManifest(root);
  const words = replacements(options, version);
  const template = join(root, "template");
  for (const entry of readdirSync(template, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    const target = join(directory, path.slice(template.length + 1));
    mkdirSync(dirname(target), { recursive: true });
    const text = readFileSync(path, "utf8").replace(/\{\{(\w+)\}\}/g, (_, word) => filled(words, word));
    writeFileSync(target, text, { mode: statSync(path).mode });
  }
  for (const file of shared) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    cpSync(join(root, file), join(directory, file));
  }
  // The addon has another name than in the template's lockfile: cargo puts that right, and moves nothing else.
  const manifest = ["--manifest-path", join(directory, "crate", "Cargo.toml")];
  execFileSync("cargo", ["metadata", "--format-version=1", ...manifest], { stdio: ["ignore", "ignore", "inherit"] });
  // These packages are installed by now.
  const { completeLock } = await import("./packages.mjs");
  await completeLock(directory, { published: version !== "0.0.0" });
}

/** @param {Record<string, string>} words @param {string} word */
function filled(words, word) {
  const text = words[word];
  if (text === undefined) throw new Error(`nothing stands in the place of {{${word}}}`);
  return text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { name: { type: "string" }, repository: { type: "string" } },
    });
    const [directory, ...rest] = positionals;
    const { name, repository } = values;
    if (directory === undefined || rest.length > 0 || name === undefined || repository === undefined) {
      throw new Error(usage);
    }
    // npm runs this in the top folder, whoever called it from where.
    const target = resolve(process.env.INIT_CWD ?? ".", directory);
    await scaffold(target, { name, repository });
    console.log(`${name} is in ${target}. There: git init -b main, npm start, npm test.`);
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 2;
  }
}
