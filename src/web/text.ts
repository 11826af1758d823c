/** The length of the longest string that every browser takes; V8's. */
const MAX_STRING_LENGTH = 2 ** 29 - 24;

const { TextDecoder, TextEncoder } = globalThis;

/** The length of the longest string. */
export function maxStringDigits(): number {
  return MAX_STRING_LENGTH;
}

/** The text of ASCII bytes. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The bytes of a text in UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
