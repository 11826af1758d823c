import type { Bytes } from "../../bytes";
import { builtin } from "../../modules";

/** The folder of the built package: see `tsup.config.ts`. */
declare const DIST: string;

/** @throws where one of them is missing, or may not be read */
export function requireFiles(): void {
  const { accessSync, constants } = builtin("node:fs");
  for (const file of [workerFile(), relaxedFile(), plainFile()]) accessSync(file, constants.R_OK);
}

// Each name is spelt out beside its folder, so that tools which trace a program's files take them along.

/** The program of the worker threads. */
export function workerFile(): string {
  return builtin("node:path").join(DIST, "wasm-worker.cjs");
}

/** The module for engines with relaxed SIMD. */
export function relaxedModule(): Bytes {
  return read(relaxedFile());
}

/** The module for all others. */
export function plainModule(): Bytes {
  return read(plainFile());
}

function relaxedFile(): string {
  return builtin("node:path").join(DIST, "pi-relaxed.wasm");
}

function plainFile(): string {
  return builtin("node:path").join(DIST, "pi.wasm");
}

function read(file: string): Bytes {
  return new Uint8Array(builtin("node:fs").readFileSync(file));
}
