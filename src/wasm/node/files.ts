import type { Bytes } from "../../bytes";
import { builtin } from "../../modules";

/** The folder of the built package: see `tsup.config.ts`. */
declare const DIST: string;

// Each name is spelt out beside its folder, so that tools which trace a program's files take them along.

/** The program of the worker threads. */
export function workerFile(): string {
  return builtin("node:path").join(DIST, "wasm-worker.cjs");
}

/** The module for engines with relaxed SIMD. */
export function relaxedModule(): Bytes {
  return new Uint8Array(builtin("node:fs").readFileSync(builtin("node:path").join(DIST, "pi-relaxed.wasm")));
}

/** The module for all others. */
export function plainModule(): Bytes {
  return new Uint8Array(builtin("node:fs").readFileSync(builtin("node:path").join(DIST, "pi.wasm")));
}
