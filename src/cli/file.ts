import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Writable } from "node:stream";

/** A file that is there whole, or as it was before. */
export interface OutputFile {
  stream: Writable;
  /** Puts what was written in the file's place, once the stream has ended. */
  keep: () => Promise<void>;
  /** Removes what was written; after {@link OutputFile.keep}, nothing. */
  discard: () => Promise<void>;
}

/**
 * Opens a file to write: a temporary one in the same folder, which takes the name when all is written. So no failure on the
 * way, a full disk or an interrupt, harms a file that is there. Another kind of file, such as a device, is written itself.
 *
 * @throws Error that names the file
 */
export async function openOutput(path: string): Promise<OutputFile> {
  try {
    const target = await followLinks(path);
    const present = await stat(target).catch(absent);
    if (present?.isFile() === false) {
      const handle = await open(target, "w");
      return { stream: createWriteStream(target, { fd: handle }), keep: nothing, discard: nothing };
    }
    const temporary = join(dirname(target), `.compute-pi-rs-${randomBytes(6).toString("hex")}.tmp`);
    const handle = await open(temporary, "wx", present?.mode);
    return {
      stream: handle.createWriteStream({ flush: true }),
      keep: () => rename(temporary, target),
      discard: () => rm(temporary, { force: true }),
    };
  } catch (error) {
    throw writeError(path, error);
  }
}

/** The failure of a file, with its name and without Node.js' terms. */
export function writeError(path: string, error: unknown): Error {
  const text = error instanceof Error ? error.message : String(error);
  const [, code, reason] = /^([A-Z]+): (.*?), \w+/.exec(text) ?? [];
  return new Error(`cannot write ${path}: ${reason === undefined ? text : `${reason} (${code ?? ""})`}`, {
    cause: error,
  });
}

/** Whether an error is the file system's. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

/** Where a chain of symbolic links ends, though nothing may be there yet. */
async function followLinks(path: string): Promise<string> {
  const whole = await realpath(path).catch(absent);
  if (whole !== undefined) return whole;
  const link = await readlink(path).catch(() => undefined);
  return link === undefined ? path : resolve(dirname(path), link);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

const nothing = () => Promise.resolve();
