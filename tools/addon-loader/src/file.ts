import { builtin } from "./builtin";

/** The bytes of a file in which its headers lie, mostly. */
const HEADER_BYTES = 4096;

/**
 * Refuses a file that the system's loader must not touch: one that ends early ends the process (SIGBUS), and a pipe is waited
 * for. A file that cannot be read here the loader refuses in its own words.
 */
export function checkFile(path: string): void {
  const { closeSync, openSync, readSync, statSync } = builtin("node:fs");
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isFile()) throw new Error(`${path} is no regular file`);
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  const file = openSync(path, "r");
  try {
    readSync(file, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(file);
  }
  const whole = lengthOf(header);
  if (whole > stats.size) throw new Error(`${path} is not whole: it has ${stats.size} bytes of ${whole}`);
}

/** How long a binary has to be by its own headers; 0 when they are in none of the formats, or farther back. */
function lengthOf(header: DataView): number {
  try {
    switch (header.getUint32(0)) {
      case 0x7f454c46:
        return elfLength(header);
      case 0xcffaedfe:
        return machOLength(header);
    }
    return header.getUint16(0) === 0x4d5a ? peLength(header) : 0;
  } catch {
    return 0;
  }
}

/** Linux: the table of sections stands at the end, and the segments may reach farther than a table that was cut off. */
function elfLength(header: DataView): number {
  const wide = header.getUint8(4) === 2;
  const little = header.getUint8(5) === 1;
  const place = (at: number) => (wide ? whole64(header, at, little) : header.getUint32(at, little));
  const short = (at: number) => header.getUint16(at, little);
  const [programs, sections, counts] = wide ? [32, 40, 54] : [28, 32, 42];
  const ends = entries(place(programs), short(counts), short(counts + 2)).map((at) =>
    wide ? place(at + 8) + place(at + 32) : place(at + 4) + place(at + 16),
  );
  return Math.max(place(sections) + short(counts + 4) * short(counts + 6), ...ends);
}

/** macOS, 64 bits: the commands that load segments. */
function machOLength(header: DataView): number {
  const SEGMENT_64 = 0x19;
  let at = 32;
  let end = 0;
  for (let left = header.getUint32(16, true); left > 0; left--) {
    if (header.getUint32(at, true) === SEGMENT_64) {
      end = Math.max(end, whole64(header, at + 40, true) + whole64(header, at + 48, true));
    }
    at += header.getUint32(at + 4, true);
  }
  return end;
}

/** Windows: the sections. */
function peLength(header: DataView): number {
  const start = header.getUint32(0x3c, true);
  if (header.getUint32(start) !== 0x50450000) return 0;
  const sections = start + 24 + header.getUint16(start + 20, true);
  const ends = entries(sections, 40, header.getUint16(start + 6, true)).map(
    (at) => header.getUint32(at + 16, true) + header.getUint32(at + 20, true),
  );
  return Math.max(0, ...ends);
}

/** Where the entries of a table begin. */
function entries(start: number, size: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => start + size * index);
}

function whole64(header: DataView, at: number, little: boolean): number {
  return Number(header.getBigUint64(at, little));
}
