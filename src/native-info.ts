import { loadNative } from "./native/load";

/** Which binary runs here, and with what. */
export interface NativeInfo {
  /** The version of the binary. */
  version: string;
  /** The platform that it is for, such as `linux-x64-gnu`. */
  platform: string;
  /** The vector instructions that the engine uses on this CPU: `avx512ifma`, `avx512`, `avx2`, `neon`, or `portable`. */
  simd: string;
  /** The threads that a call computes on unless told otherwise. */
  threads: number;
}

/**
 * Which binary runs here, and with what: worth adding to a bug report.
 *
 * @throws {@link NativeBinaryError}
 *
 * @example
 * ```ts
 * import { native } from "compute-pi-rs";
 *
 * console.log(native()); // { version: '0.1.0', platform: 'linux-x64-gnu', simd: 'avx2', threads: 2 }
 * ```
 */
export function native(): NativeInfo {
  const { addon, platform } = loadNative();
  const { version, simd, threads } = addon.info();
  return { version, platform, simd, threads };
}
