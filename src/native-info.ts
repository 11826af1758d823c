import { loadBackend } from "./backend";
import { traced } from "./tracing/channel";

/** The back end that computes here, and its means. */
export interface NativeInfo {
  /** The native binary, or the WebAssembly module that takes its place where it cannot be loaded. */
  backend: "native" | "wasm";
  /** Why it is not the binary: nothing where it is, or where `COMPUTE_PI_RS_BACKEND` asked for WebAssembly. */
  reason: Error | undefined;
  /** The version of the package and of what computes. */
  version: string;
  /** The platform that this process runs on, such as `linux-x64-gnu`. */
  platform: string;
  /**
   * The vector instructions that the engine uses on this CPU: `avx512ifma`, `avx512`, `avx2`, `neon`, or `portable`; in
   * WebAssembly `wasm-relaxed`, or `wasm128` where Node.js has no relaxed SIMD.
   */
  simd: string;
  /** The threads that a call computes on unless told otherwise. */
  threads: number;
}

/**
 * The back end that computes here, and its means: worth adding to a bug report.
 *
 * @throws {@link NativeBinaryError}
 *
 * @example
 * ```ts
 * import { native } from "compute-pi-rs";
 *
 * const { backend, version, platform, simd, threads } = native();
 * console.log(backend, version, platform, simd, threads); // native 0.1.0 linux-x64-gnu avx2 2
 * ```
 */
export function native(): NativeInfo {
  return traced("native", undefined, (trace) => {
    const { addon, platform, name, reason } = loadBackend();
    trace?.foundBackend(name);
    const { version, simd, threads } = addon.info();
    return { backend: name, reason, version, platform, simd, threads };
  });
}
