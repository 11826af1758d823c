import { builtin } from "../modules";

/** The folder of the built package: see `tsup.config.ts`. */
declare const DIST: string;

// Each name is spelt out beside its folder, so that tools which trace a program's files take them along.

/** The program of the worker threads. */
export function workerFile(): string {
  return builtin("node:path").join(DIST, "wasm-worker.cjs");
}

/** The module for engines with relaxed SIMD. */
export function relaxedModule(): Uint8Array {
  return uncompressed(builtin("node:path").join(DIST, "pi-relaxed.wasm.br"));
}

/** The module for all others. */
export function plainModule(): Uint8Array {
  return uncompressed(builtin("node:path").join(DIST, "pi.wasm.br"));
}

function uncompressed(path: string): Uint8Array {
  return builtin("node:zlib").brotliDecompressSync(builtin("node:fs").readFileSync(path));
}
