// @ts-check
// The functions that answer whether Rust pays, each as the folder that is deployed, and the size of its zip file.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LambdaFunction } from "@compute-pi-rs/lambda-emulator";
import { runOrThrow } from "@compute-pi-rs/steps";
import { examples } from "../../../scripts/lambda/package/functions.mjs";
import { stageRust } from "../../../scripts/lambda/package/rust.mjs";
import { zipFolder } from "../../../scripts/release/zip.mjs";
import { native } from "./functions.mjs";

/** @typedef {Partial<Parameters<typeof LambdaFunction.deploy>[0]>} Settings */
/** @typedef {{ folder: string, settings: Settings, bytes: number }} Package */

const bench = fileURLToPath(new URL("../..", import.meta.url));
const rust = { runtime: "provided.al2023" };

/**
 * Makes the packages: of plain JavaScript and of plain Rust one with the spigot and one with the better series, which the
 * package has in one function.
 *
 * @returns {Promise<Record<"spigot" | "chudnovsky" | "wasm" | "native" | "rust" | "engine", Package>>}
 */
export async function packages() {
  const base = mkdtempSync(join(tmpdir(), "compute-pi-rs-pays-"));
  process.on("exit", () => rmSync(base, { recursive: true, force: true }));
  /** @param {string} name @param {Settings} settings @param {(folder: string) => unknown} fill @returns {Promise<Package>} */
  const packed = async (name, settings, fill) => {
    const folder = join(base, name);
    mkdirSync(folder);
    await fill(folder);
    return { folder, settings, bytes: zipFolder(folder).length };
  };
  /** @param {string} zip @param {string} folder */
  const unzip = (zip, folder) =>
    runOrThrow("unzip", ["-q", join(examples, "dist", `${zip}-${native}.zip`), "-d", folder]);
  return {
    spigot: await packed("spigot", { handler: "plain.handler" }, (folder) => unzip("plain", folder)),
    chudnovsky: await packed("chudnovsky", { handler: "chudnovsky.handler" }, (folder) => {
      copyFileSync(join(bench, "lambda", "functions", "chudnovsky.mjs"), join(folder, "chudnovsky.mjs"));
      copyFileSync(join(bench, "javascript", "chudnovsky.mjs"), join(folder, "series.mjs"));
    }),
    wasm: await packed(
      "wasm",
      { handler: "app.handler", environment: { COMPUTE_PI_RS_BACKEND: "wasm" } },
      async (folder) => {
        await unzip("esm", folder);
        // Who wants WebAssembly installs without optional dependencies.
        rmSync(join(folder, "node_modules", "@compute-pi-rs"), { recursive: true });
      },
    ),
    native: await packed("native", { handler: "app.handler" }, (folder) => unzip("esm", folder)),
    rust: await packed("rust", rust, (folder) => unzip("rust", folder)),
    engine: await packed("engine", rust, (folder) => stageRust(native, folder, join(bench, "lambda", "engine"))),
  };
}

/**
 * @param {Package} made
 * @param {number} memory in megabytes
 * @param {boolean} limits
 */
export function deployed({ folder, settings }, memory, limits) {
  return LambdaFunction.deploy({ folder, architecture: native, timeout: 300, memory, limits, ...settings });
}
