/**
 * Loads the prebuilt binary of a native addon, and says what to do where there is none.
 *
 * @packageDocumentation
 */
export { BinaryError, type BinaryProblem, type BinaryReport } from "./error";
export { mayHaveWorkers } from "./forbidden";
export { createLoader, type Loader } from "./loader";
export type { LoaderOptions } from "./options";
export { detectLibc, detectPlatform, type Libc } from "./platform";
