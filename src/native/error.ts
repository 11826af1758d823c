import type { BinaryReport } from "@compute-pi-rs/addon-loader";

import { brand } from "../brand";

/** Why there is no binary to call. */
export type NativeBinaryProblem =
  /** No binary is built for this platform. */
  | "unsupported"
  /** The platform's package is not installed. */
  | "missing"
  /** The package `@neon-rs/load`, which finds the binary, is not installed. */
  | "incomplete"
  /** The package was bundled, so its binary cannot be found from here. */
  | "bundled"
  /** A flag of Node.js or a permission of the runtime keeps native addons from being loaded. */
  | "forbidden"
  /** The binary is there and the system cannot load it. */
  | "unloadable"
  /** The binary is of another version than the package. */
  | "mismatched";

/**
 * The native binary could not be loaded. The import of the package succeeds all the same; every call
 * that needs the binary fails with this error, whose message says what to do.
 *
 * @example
 * ```ts
 * import { generate, NativeBinaryError } from "compute-pi-rs";
 *
 * try {
 *   await generate(10);
 * } catch (error) {
 *   if (error instanceof NativeBinaryError) console.error(error.platform, error.remedies);
 *   else throw error;
 * }
 * ```
 */
export class NativeBinaryError extends Error {
  static {
    brand(this, "NativeBinaryError");
  }

  /** Always `ERR_COMPUTE_PI_BINARY`. */
  readonly code = "ERR_COMPUTE_PI_BINARY";
  /** The fault. */
  readonly problem: NativeBinaryProblem;
  /** The platform that this process runs on, such as `linux-x64-gnu`. */
  readonly platform: string;
  /** The platforms that binaries are published for. */
  readonly supported: readonly string[];
  /** The remedies, the most likely first. */
  readonly remedies: readonly string[];

  /** @internal */
  constructor({ problem, platform, supported, remedies, message, cause }: BinaryReport) {
    super(message, { cause });
    this.name = "NativeBinaryError";
    this.problem = problem;
    this.platform = platform;
    this.supported = supported;
    this.remedies = remedies;
  }
}
