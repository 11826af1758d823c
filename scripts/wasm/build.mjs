// @ts-check
// `npm run build:wasm` builds the WebAssembly modules into `dist`. The standard library for them is no part of a plain Rust
// installation: rustup is asked for it, and where that fails the package is built without them, unless --required.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { root } from "../lib/paths.mjs";
import { runOrThrow, shown } from "@compute-pi-rs/steps";

const target = "wasm32-unknown-unknown";

/** Bytes: half as much again as a computation takes natively at most, which `crate/pi/tests/stack.rs` sees to. */
const STACK = 192 * 1024;

/** Engines with relaxed SIMD take the first, all others the second. The last does what takes no time, in browsers. */
const modules = [
  { name: "pi-relaxed", rust: ["-Ctarget-feature=+simd128,+relaxed-simd"], profile: "wasm", flags: [] },
  { name: "pi", rust: ["-Ctarget-feature=+simd128"], profile: "wasm", flags: [] },
  {
    name: "pi-small",
    rust: ["-Ctarget-feature=+simd128", "--cfg=long_primes"],
    profile: "wasm-small",
    flags: ["--no-default-features"],
  },
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
  mkdirSync(join(root, "dist", "web"), { recursive: true });
  const manifest = join(root, "crate", "Cargo.toml");
  for (const { name, rust, profile, flags } of modules) {
    const folder = join(root, "crate", "target", `${name}-wasm`);
    const rustFlags = [...rust, `-Clink-arg=-zstack-size=${STACK}`, ...(await remappedPaths())];
    const what = [
      "--manifest-path",
      manifest,
      "--package",
      "compute-pi-wasm",
      "--profile",
      profile,
      "--target",
      target,
    ];
    await runOrThrow("cargo", ["build", "--locked", ...what, ...flags], {
      ...shown,
      env: { ...process.env, CARGO_TARGET_DIR: folder, CARGO_ENCODED_RUSTFLAGS: rustFlags.join("\x1f") },
    });
    const module = readFileSync(join(folder, target, profile, "compute_pi_wasm.wasm"));
    writeFileSync(join(root, "dist", `${name}.wasm`), module);
    if (profile === "wasm") writeFileSync(join(root, "dist", "web", `${name}.js`), inJavaScript(module));
  }
}

/** A module for browsers: every bundler and every server can handle JavaScript. @param {Uint8Array} module */
function inJavaScript(module) {
  return `export default "${gzipSync(module, { level: 9 }).toString("base64")}";\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildModules(process.argv.includes("--required"));
