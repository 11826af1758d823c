import { MAX_DIGITS } from "./limits";
import { builtin } from "./modules";

/** The length of the longest string. */
export function maxStringDigits(): number {
  return Math.min(MAX_DIGITS, builtin("node:buffer").constants.MAX_STRING_LENGTH);
}

/** The text of ASCII bytes. */
export function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return builtin("node:buffer").Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
}

/** The bytes of a text in UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return builtin("node:buffer").Buffer.from(text, "utf8");
}
