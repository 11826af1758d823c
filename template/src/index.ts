import { isUint8Array } from "node:util/types";
import { call, check } from "./call";
import type { Options } from "./call";

export type { Options } from "./call";
export { BinaryError } from "@compute-pi-rs/addon-loader";
export type { BinaryProblem } from "@compute-pi-rs/addon-loader";

/**
 * The BLAKE3 digest of bytes, 32 bytes long. It is computed off the event loop, from a copy that is made before this
 * returns: the bytes may be changed afterwards.
 *
 * The promise rejects with the signal's reason when that aborts, with a `TypeError` (`ERR_INVALID_ARG_TYPE`) for a wrong
 * argument, with a {@link BinaryError} when there is no binary, and with what `onProgress` throws.
 *
 * @example
 * ```js
 * import { digest } from "{{package}}";
 *
 * const bytes = await digest(new TextEncoder().encode("abc"));
 * console.log(Buffer.from(bytes).toString("hex"));
 * // 6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85
 * ```
 */
export async function digest(bytes: Uint8Array, options: Options = {}): Promise<Uint8Array> {
  check(isUint8Array(bytes), "bytes", "Uint8Array");
  return call(options, (addon, job) => addon.digest(job, bytes));
}
