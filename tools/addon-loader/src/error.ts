/** Why there is no binary to call. */
export type BinaryProblem =
  /** No binary is built for this platform. */
  | "unsupported"
  /** The platform's package is not installed. */
  | "missing"
  /** A package of somebody else that finds the binary is not installed. */
  | "incomplete"
  /** The package was bundled, so its binary cannot be found from here. */
  | "bundled"
  /** A flag of Node.js or a permission of the runtime keeps native addons from being loaded. */
  | "forbidden"
  /** The binary is there and the system cannot load it. */
  | "unloadable"
  /** The binary is of another version than the package. */
  | "mismatched";

/** The facts for the error of a package. */
export interface BinaryReport {
  /** The fault. */
  problem: BinaryProblem;
  /** The platform that this process runs on, such as `linux-x64-gnu`. */
  platform: string;
  /** The platforms that have a binary. */
  supported: readonly string[];
  /** The remedies, the most likely first. */
  remedies: readonly string[];
  /** The fault in words, and a line for each remedy. */
  message: string;
  /** The error of Node.js or of the system, where there is one. */
  cause: unknown;
}

/**
 * The native binary of a package could not be loaded. A package throws this class itself, or one of its own that is derived from it.
 *
 * @example
 * ```ts
 * import { BinaryError, type BinaryReport } from "@compute-pi-rs/addon-loader";
 *
 * export class DigestBinaryError extends BinaryError {
 *   constructor(report: BinaryReport) {
 *     super("ERR_DIGEST_BINARY", report);
 *     this.name = "DigestBinaryError";
 *   }
 * }
 * ```
 */
export class BinaryError extends Error {
  /** The fault. */
  readonly problem: BinaryProblem;
  /** The platform that this process runs on, such as `linux-x64-gnu`. */
  readonly platform: string;
  /** The platforms that have a binary. */
  readonly supported: readonly string[];
  /** The remedies, the most likely first. */
  readonly remedies: readonly string[];

  constructor(
    /** The code of the package for this error, such as `ERR_DIGEST_BINARY`. */
    readonly code: string,
    { problem, platform, supported, remedies, message, cause }: BinaryReport,
  ) {
    super(message, { cause });
    this.name = "BinaryError";
    this.problem = problem;
    this.platform = platform;
    this.supported = supported;
    this.remedies = remedies;
  }
}
