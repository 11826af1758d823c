/**
 * The first n decimal digits of pi, computed by WebAssembly in a worker.
 *
 * @packageDocumentation
 */
export type { Bytes } from "../bytes";
export { HexPartsError, type HexPartsProblem, MemoryLimitError, ThreadsError, VerificationError } from "../errors";
export { estimate, type Estimate } from "../estimate";
export { generate } from "../generate";
export { generateBytes } from "../generate-bytes";
export { generateString } from "../generate-string";
export { hexDigits } from "../hex-digits";
export { hexDigitsCombine, hexDigitsMerge, type HexSum } from "../hex-digits-combine";
export { hexDigitsPartial, type HexJob, type HexPart } from "../hex-digits-partial";
export { hexDigitsPlan, type HexPlan, type HexPlanRequest } from "../hex-digits-plan";
export type { Algorithm, Phase, Progress, Verification } from "../native/addon";
export { NativeBinaryError, type NativeBinaryProblem } from "../native/error";
export { native, type NativeInfo } from "../native-info";
export type { HexOptions, Options } from "../options";
export { stream } from "./stream";
