// @ts-check
// The crates that others can use, for crates.io: the engine, and what any addon needs.
//
//   node scripts/release/crate.mjs           packs them and builds what was packed
//   node scripts/release/crate.mjs publish   publishes them; what is there already is skipped, and has to be what is here
//
// `publish` needs Node.js and cargo only, and compiles nothing: what may publish runs no build script of a dependency. cargo's
// own variables name another registry: CARGO_REGISTRY_DEFAULT=NAME and CARGO_REGISTRIES_NAME_INDEX.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readManifest, root } from "../lib/paths.mjs";

/** The engine first. */
export const crates = /** @type {const} */ (["compute-pi-rs", "neon-boundary", "addon-allocator", "binary-check"]);

/** @typedef {typeof crates[number]} Crate */

const workspace = ["--locked", "--manifest-path", join(root, "crate", "Cargo.toml")];

/**
 * @param {Crate} crate
 * @param {readonly string[]} [flags] of `cargo package`
 * @returns {Promise<string>} the path of what is uploaded
 */
export async function packCrate(crate, flags = []) {
  await cargo(["package", ...workspace, "--package", crate, ...flags], process.env);
  const metadata = ["metadata", "--format-version=1", "--no-deps", ...workspace];
  /** @type {{ target_directory: string }} */
  const { target_directory: target } = JSON.parse(execFileSync("cargo", metadata, { cwd: root, encoding: "utf8" }));
  return join(target, "package", `${crate}-${readManifest(root).version}.crate`);
}

/** @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function cargo(args, env) {
  const child = spawn("cargo", args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`cargo ${args.join(" ")}: exit code ${code}`);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} the address of the index that cargo publishes to
 */
function indexOf(env) {
  const name = env.CARGO_REGISTRY_DEFAULT;
  if (!name) return "https://index.crates.io/";
  const index = env[`CARGO_REGISTRIES_${name.toUpperCase().replaceAll("-", "_")}_INDEX`];
  if (!index?.startsWith("sparse+")) throw new Error(`the index of the registry ${name} is not a sparse one`);
  return index.slice("sparse+".length);
}

/**
 * @param {string} index its address
 * @param {Crate} crate
 * @param {string} version
 * @returns {Promise<string | undefined>} the SHA-256 of what was published under that version
 * @throws {Error} when the registry gives no answer: that is not the same as having no such crate
 */
export async function publishedChecksum(index, crate, version) {
  return (await lookUp(index, crate)).find(({ vers }) => vers === version)?.cksum;
}

/** @param {Crate} crate @returns {Promise<string[]>} the versions on crates.io that were not taken back */
export async function publishedVersions(crate) {
  return (await lookUp(indexOf({}), crate)).filter(({ yanked }) => !yanked).map(({ vers }) => vers);
}

/**
 * @param {string} index its address
 * @param {Crate} crate
 * @returns {Promise<{ vers: string, cksum: string, yanked: boolean }[]>}
 */
async function lookUp(index, crate) {
  const path = `${crate.slice(0, 2)}/${crate.slice(2, 4)}/${crate}`;
  const answer = await fetch(new URL(path, index), { headers: { "cache-control": "no-cache" } });
  // An index may have no file for a crate that it does not know, and crates.io's store says that it is forbidden, too.
  if ([403, 404, 410, 451].includes(answer.status)) return [];
  if (!answer.ok) throw new Error(`the index gave no answer about ${crate}: ${answer.status}`);
  return (await answer.text())
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/**
 * @param {Crate} crate
 * @param {NodeJS.ProcessEnv} [env] what cargo runs with
 * @param {readonly string[]} [flags] of cargo
 * @returns {Promise<"published" | "skipped">}
 */
export async function publishCrate(crate, env = process.env, flags = []) {
  const { version } = readManifest(root);
  const packed = createHash("sha256")
    .update(readFileSync(await packCrate(crate, ["--no-verify", ...flags])))
    .digest("hex");
  const index = indexOf(env);
  const before = await publishedChecksum(index, crate, version);
  if (before === packed) return "skipped";
  if (before !== undefined)
    throw new Error(`${crate} ${version} was published already, with other contents: ${before}`);
  /** @type {unknown} */
  let failure;
  await cargo(["publish", ...workspace, "--package", crate, "--no-verify", ...flags], env).catch(
    (/** @type {unknown} */ error) => (failure = error),
  );
  // An answer that was lost on its way is no failure when the crate arrived.
  const after = await publishedChecksum(index, crate, version);
  if (after === packed) return "published";
  throw failure ?? new Error(`the index shows ${after ?? "nothing"} as ${crate} ${version}, not ${packed}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const crate of crates) {
    if (process.argv[2] === "publish") {
      console.log(`${crate} ${readManifest(root).version}: ${await publishCrate(crate)}`);
    } else {
      const path = await packCrate(crate, process.argv.slice(2));
      console.log(`${path}: ${statSync(path).size} bytes`);
    }
  }
}
