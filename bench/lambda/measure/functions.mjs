// @ts-check
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LambdaFunction } from "@compute-pi-rs/lambda-emulator";
import { examples } from "../../../scripts/lambda/package/functions.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";

/** @typedef {import("../../../scripts/lambda/package/functions.mjs").Architecture} Architecture */

const own = fileURLToPath(new URL("../functions", import.meta.url));
const staged = mkdtempSync(join(tmpdir(), "compute-pi-rs-bench-"));
process.on("exit", () => rmSync(staged, { recursive: true, force: true }));

/** @type {Architecture} */
export const native = process.arch === "arm64" ? "arm64" : "x86_64";

/** The contestants: the zip file, what it is called with, and how people call it. */
export const contestants = {
  plain: { zip: "plain", handler: "plain.handler", label: "plain Node.js" },
  rust: { zip: "rust", runtime: "provided.al2023", label: "plain Rust" },
  spigot: { zip: "commonjs", event: { algorithm: "spigot" }, label: "Rust in Node.js" },
  engine: { zip: "commonjs", label: "Rust in Node.js, default engine" },
};

/**
 * Deploys a function of examples/lambda.
 *
 * @param {string} zip
 * @param {{ architecture?: Architecture, handler?: string, runtime?: string, memory?: number, limits?: boolean }} [settings]
 */
export function deploy(zip, { architecture = native, handler = "app.handler", ...settings } = {}) {
  const path = join(examples, "dist", `${zip}-${architecture}.zip`);
  return LambdaFunction.deploy({ zip: path, architecture, handler, timeout: 300, ...settings });
}

/**
 * Deploys a function that is one file of this folder.
 *
 * @param {string} file
 * @param {{ beside?: string, files?: string[], limits?: boolean }} [settings] a function of examples/lambda whose
 *   contents it gets too, and further files
 */
export async function deployOwn(file, { beside, files = [], ...settings } = {}) {
  const folder = join(staged, file.replace(".", "-"));
  mkdirSync(folder);
  if (beside !== undefined) {
    await runOrThrow("unzip", ["-q", join(examples, "dist", `${beside}-${native}.zip`), "-d", folder]);
  }
  for (const path of [join(own, file), ...files]) copyFileSync(path, join(folder, basename(path)));
  const handler = `${file.replace(/\.m?js$/, "")}.handler`;
  return LambdaFunction.deploy({ folder, handler, timeout: 300, ...settings });
}
