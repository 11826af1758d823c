// @ts-check
// `npm run build:wasm` builds the WebAssembly modules into `dist`, compressed. The standard library for them is no part of a plain Rust
// installation: rustup is asked for it, and where that fails the package is built without them, unless --required.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { root } from "../lib/paths.mjs";
import { runOrThrow } from "../lib/run.mjs";

const target = "wasm32-unknown-unknown";

/** Engines with relaxed SIMD take the first, all others the second. */
const modules = [
  { file: "pi-relaxed.wasm", features: "+simd128,+relaxed-simd" },
  { file: "pi.wasm", features: "+simd128" },
];

/** @param {boolean} required whether it is an error where they cannot be built */
export async function buildModules(required) {
  // A copy that is packed has no crates: they were built before.
  if (!existsSync(join(root, "crate"))) return;
  const { remappedPaths, rustStandardLibrary } = await import("../binaries/toolchain.mjs");
  try {
    await rustStandardLibrary(target);
  } catch (error) {
    if (required) throw error;
    console.warn(`The package is built without WebAssembly: ${error instanceof Error ? error.message : error}`);
    return;
  }
  mkdirSync(join(root, "dist"), { recursive: true });
  const manifest = join(root, "crate", "Cargo.toml");
  for (const { file, features } of modules) {
    const folder = join(root, "crate", "target", file.replace(".", "-"));
    const flags = [`-Ctarget-feature=${features}`, ...(await remappedPaths())];
    const what = ["--manifest-path", manifest, "--package", "compute-pi-wasm", "--profile", "wasm", "--target", target];
    await runOrThrow("cargo", ["build", "--locked", ...what], {
      echo: true,
      env: { ...process.env, CARGO_TARGET_DIR: folder, CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f") },
    });
    // A quarter of the size; what is not used is not read.
    const module = readFileSync(join(folder, target, "wasm", "compute_pi_wasm.wasm"));
    writeFileSync(join(root, "dist", `${file}.br`), brotliCompressSync(module));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildModules(process.argv.includes("--required"));
