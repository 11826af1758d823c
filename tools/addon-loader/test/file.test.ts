import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { checkFile } from "../src/file";
import { addon } from "./package";

const folder = mkdtempSync(join(tmpdir(), "addon-loader-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("a folder is refused, and a file that is not there is left to the system", () => {
  expect(() => {
    checkFile(folder);
  }).toThrow("is no regular file");
  expect(() => {
    checkFile(join(folder, "none.node"));
  }).not.toThrow();
});

describe("the length that the headers state", () => {
  function file(name: string, bytes: Uint8Array, length: number): string {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    truncateSync(path, length);
    return path;
  }

  /** macOS: one command that loads 1000 bytes from 4096 on. */
  const machO = Buffer.alloc(128);
  machO.writeUInt32BE(0xcffaedfe, 0);
  machO.writeUInt32LE(1, 16);
  machO.writeUInt32LE(0x19, 32);
  machO.writeUInt32LE(72, 36);
  machO.writeBigUInt64LE(4096n, 72);
  machO.writeBigUInt64LE(1000n, 80);

  /** Linux on 32 bits: one segment of 1000 bytes from 4096 on. */
  const elf32 = Buffer.alloc(128);
  elf32.writeUInt32BE(0x7f454c46, 0);
  elf32.writeUInt8(1, 4);
  elf32.writeUInt8(1, 5);
  elf32.writeUInt32LE(52, 28);
  elf32.writeUInt16LE(32, 42);
  elf32.writeUInt16LE(1, 44);
  elf32.writeUInt32LE(4096, 52 + 4);
  elf32.writeUInt32LE(1000, 52 + 16);

  /** Windows: one section of 1000 bytes from 4096 on. */
  const pe = Buffer.alloc(256);
  pe.write("MZ");
  pe.writeUInt32LE(64, 0x3c);
  pe.write("PE", 64);
  pe.writeUInt16LE(1, 64 + 6);
  pe.writeUInt32LE(1000, 64 + 24 + 16);
  pe.writeUInt32LE(4096, 64 + 24 + 20);

  it.each([
    ["ELF of 32 bits", elf32],
    ["Mach-O", machO],
    ["PE", pe],
  ])("%s", (name, header) => {
    expect(() => {
      checkFile(file(name, header, 5095));
    }).toThrow("it has 5095 bytes of 5096");
    expect(() => {
      checkFile(file(name, header, 5096));
    }).not.toThrow();
  });

  it("is that of a binary of this machine", () => {
    expect(() => {
      checkFile(file("whole.node", readFileSync(addon), statSync(addon).size));
    }).not.toThrow();
    expect(() => {
      checkFile(file("part.node", readFileSync(addon), statSync(addon).size - 1));
    }).toThrow("is not whole");
  });
});
