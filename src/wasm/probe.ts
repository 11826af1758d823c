import { decoded } from "./base64";

/**
 * One function, `f` of three doubles, which gives `f64x2.relaxed_madd` of them: small enough to be compiled while one waits.
 */
const PROBE = "AGFzbQEAAAABCAFgA3x8fAF8AwIBAAcFAQFmAAAKFgEUACAA/RQgAf0UIAL9FP2HAv0hAAs=";

let answer: boolean | undefined;

/** Whether this engine has relaxed SIMD, and rounds a product and a sum once: the module for such engines is right only then. */
export function fuses(): boolean {
  return (answer ??= ask());
}

function ask(): boolean {
  try {
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(decoded(PROBE))).exports;
    // The product is 1 − 2⁻⁶⁰, which is no double.
    return isFunction(f) && f(1 + 2 ** -30, 1 - 2 ** -30, -1) === -(2 ** -60);
  } catch {
    return false;
  }
}

function isFunction(value: unknown): value is (...numbers: number[]) => unknown {
  return typeof value === "function";
}
