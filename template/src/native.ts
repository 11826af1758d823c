import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { BinaryError } from "./error";
import type { BinaryProblem } from "./error";

declare const job: unique symbol;

/** A native job: by it, work is cancelled and watched. Work whose job is collected is cancelled, so hold it. */
export interface Job {
  readonly [job]: true;
}

/** The binary's exports: `crate/src/lib.rs`. */
export interface Addon {
  version(): string;
  createJob(): Job;
  cancel(job: Job): void;
  progress(job: Job): number;
  digest(job: Job, bytes: Uint8Array): Promise<Uint8Array>;
}

/** The environment variable that names the binary to load instead of the platform's package. */
export const VARIABLE = "{{variable}}_BINARY";

/** The packages that hold the binaries, spelt out: tools that trace a program's files read them here. */
export const binaries: Record<string, () => unknown> = {
  "linux-x64-gnu": () => require("{{package}}-linux-x64-gnu"),
  "linux-arm64-gnu": () => require("{{package}}-linux-arm64-gnu"),
  "linux-x64-musl": () => require("{{package}}-linux-x64-musl"),
  "darwin-arm64": () => require("{{package}}-darwin-arm64"),
  "win32-x64-msvc": () => require("{{package}}-win32-x64-msvc"),
};

let loaded: Addon | undefined;

/**
 * The addon of this platform, loaded on first use.
 *
 * @throws BinaryError
 */
export function loadAddon(): Addon {
  return (loaded ??= load(platformName()));
}

function load(platform: string): Addon {
  const fail = (problem: BinaryProblem, cause?: unknown) =>
    new BinaryError(problem, platform, Object.keys(binaries), cause);
  // The build of a checkout lies beside `dist`; no published package has such a file.
  const built = join(__dirname, "..", "index.node");
  const file = process.env[VARIABLE] || (existsSync(built) ? built : undefined);
  const packaged = binaries[platform];
  let found: unknown;
  try {
    if (file !== undefined) found = opened(file);
    else if (packaged !== undefined) found = packaged();
    else throw fail("unsupported");
  } catch (error) {
    if (error instanceof BinaryError) throw error;
    throw fail(codeOf(error) === "MODULE_NOT_FOUND" ? "missing" : "unloadable", error);
  }
  if (!isAddon(found)) throw fail("unloadable", new Error("it is a binary of something else"));
  const { version } = require("../package.json") as { version: string };
  if (found.version() !== version) throw fail("mismatched", new Error(`its version is ${found.version()}`));
  return found;
}

/** The binary in a file of any name. */
function opened(file: string): unknown {
  const module: { exports: unknown } = { exports: {} };
  process.dlopen(module, file);
  return module.exports;
}

/** The one place where what a binary exports is taken for what its contract says. */
function isAddon(value: unknown): value is Addon {
  const names = ["version", "createJob", "cancel", "progress", "digest"] satisfies (keyof Addon)[];
  const functions: Partial<Record<string, unknown>> = { ...(value as object) };
  return names.every((name) => typeof functions[name] === "function");
}

/** The platform that this process runs on, in the words of package.json. */
export function platformName(): string {
  const { platform, arch } = process;
  // musl has no RTLD_DEEPBIND. `process.report` would tell too, but takes 8 ms and looks up the names of open sockets.
  const libc = { linux: "RTLD_DEEPBIND" in constants.dlopen ? "gnu" : "musl", win32: "msvc" };
  const abi = platform === "linux" || platform === "win32" ? [libc[platform]] : [];
  return [platform, arch, ...abi].join("-");
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
