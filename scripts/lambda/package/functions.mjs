// @ts-check
import { join } from "node:path";
import { readManifest, root } from "../../lib/paths.mjs";

/** The folder that a user deploys. */
export const examples = join(root, "examples", "lambda");

/** @typedef {"x86_64" | "arm64"} Architecture */

/**
 * Lambda's architectures: the platform whose binary is loaded there, and the target of Rust.
 *
 * @type {Record<Architecture, { platform: string, rust: string }>}
 */
export const architectures = {
  x86_64: { platform: "linux-x64-gnu", rust: "x86_64-unknown-linux-gnu" },
  arm64: { platform: "linux-arm64-gnu", rust: "aarch64-unknown-linux-gnu" },
};

/** @type {Architecture} this machine's, as Lambda calls it */
export const native = process.arch === "arm64" ? "arm64" : "x86_64";

const { dependencies = {} } = readManifest(examples);

/**
 * @typedef {object} Script
 * @property {string} file the handler's
 * @property {Record<string, string>} dependencies what is installed next to it
 * @property {boolean} [bundled] whether esbuild brings what else it needs into its file
 */

/**
 * The functions in JavaScript. Each has a zip file of its own, since Lambda looks for `app.js` before `app.mjs`.
 *
 * @type {Record<string, Script>}
 */
export const scripts = {
  commonjs: { file: "app.js", dependencies },
  esm: { file: "app.mjs", dependencies },
  stream: { file: "stream.mjs", dependencies },
  traced: { file: "traced.js", dependencies, bundled: true },
  plain: { file: "plain.mjs", dependencies: {} },
};

/** The names of all functions. */
export const functions = [...Object.keys(scripts), "rust"];
