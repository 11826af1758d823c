/**
 * A `Uint8Array` over an `ArrayBuffer`, which is what a `Response`, a `Blob` and `crypto.subtle` take. In these words it is
 * so for every TypeScript from 5.0 on, of which those before 5.7 know no `Uint8Array<ArrayBuffer>`.
 */
export type Bytes = ReturnType<Uint8Array["slice"]>;

/** The same memory as a `Uint8Array` of this realm: in a `node:vm` context, the addon's are of another. */
export function ownBytes(bytes: Bytes): Bytes {
  const { buffer, byteOffset, byteLength } = bytes;
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(buffer, byteOffset, byteLength);
}
