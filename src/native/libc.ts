import { closeSync, openSync, readFileSync, readSync } from "node:fs";

/** The C libraries that Linux binaries are built against. */
export type Libc = "gnu" | "musl";

const PT_INTERP = 3;

/**
 * The C library of this process, on Linux: what its executable names as its loader, else what `ldd`
 * says it is.
 *
 * `process.report.getReport()` would tell too, but takes 8 ms and looks up the host names of open
 * sockets, which can block for minutes.
 */
export function detectLibc(): Libc {
  const loader = interpreter(process.execPath) ?? ldd();
  return loader.includes("musl") ? "musl" : "gnu";
}

/** The PT_INTERP segment of a little-endian 64-bit ELF file, if it has one. */
function interpreter(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const head = Buffer.alloc(2048);
    readSync(file, head, 0, head.length, 0);
    if (head.toString("latin1", 0, 6) !== "\x7fELF\x02\x01") return undefined;
    const table = Number(head.readBigUInt64LE(32));
    const entrySize = head.readUInt16LE(54);
    const entries = head.readUInt16LE(56);
    for (let entry = table; entry < table + entries * entrySize; entry += entrySize) {
      if (head.readUInt32LE(entry) !== PT_INTERP) continue;
      const name = Buffer.alloc(Math.min(4096, Number(head.readBigUInt64LE(entry + 32))));
      readSync(file, name, 0, name.length, Number(head.readBigUInt64LE(entry + 8)));
      return name.toString("latin1");
    }
    return undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function ldd(): string {
  try {
    return readFileSync("/usr/bin/ldd", "latin1");
  } catch {
    return "";
  }
}
