import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

import { neonLoad, packageRequire } from "../modules";
import { version } from "../version";
import type { Addon } from "./addon";
import { binaries } from "./binaries";
import { NativeBinaryError, type NativeBinaryProblem } from "./error";
import { withPlatform } from "./platform";

/** The environment variable that names the binary to load instead of the platform's package. */
const BINARY_VARIABLE = "COMPUTE_PI_RS_BINARY";

/** The addon, the platform that it was loaded for, and the file when that was chosen. */
export interface Native {
  addon: Addon;
  platform: string;
}

let native: Native | undefined;

/**
 * The addon of this platform, loaded when the package is imported.
 *
 * @throws NativeBinaryError
 */
export function loadNative(): Native {
  native ??= withPlatform(load);
  return native;
}

function load(platform: string): Native {
  const supported = Object.keys(binaries(() => ({})));
  const chosen = process.env[BINARY_VARIABLE] || undefined;
  const fail = (problem: NativeBinaryProblem, cause: unknown) =>
    new NativeBinaryError(problem, { platform, supported, chosen, cause });

  if (chosen === undefined && !supported.includes(platform)) throw fail("unsupported", undefined);
  let addon: Addon;
  try {
    const exports = chosen === undefined ? packaged() : opened(chosen);
    if (!isAddon(exports)) throw new Error("it is not a binary of compute-pi-rs");
    addon = exports;
  } catch (error) {
    throw fail(problemOf(error), error);
  }
  const found = addon.info().version;
  if (found !== version) throw fail("mismatched", new Error(`its version is ${found}`));
  return { addon, platform };
}

/** The binary of the platform's package. */
function packaged(): object {
  const lazy: unknown = neonLoad().proxy({ platforms: binaries(packageRequire()) });
  // It loads on the first look at it; a copy spares each later call the detour.
  return Object.assign({}, lazy);
}

/** The binary in a file of any name. */
function opened(path: string): object {
  const module: { exports: object } = { exports: {} };
  process.dlopen(module, resolve(path));
  return module.exports;
}

/** The one place where what a binary exports is taken for what its contract says. */
function isAddon(exports: object): exports is Addon {
  return "info" in exports;
}

function problemOf(error: unknown): NativeBinaryProblem {
  if (isBundled()) return "bundled";
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "MODULE_NOT_FOUND" ? "missing" : "unloadable";
}

/** Whether this file lies outside the package, where a bundler has put it. */
function isBundled(): boolean {
  try {
    const manifest = packageRequire().resolve("compute-pi-rs/package.json");
    return !fileURLToPath(import.meta.url).startsWith(dirname(manifest) + sep);
  } catch {
    return true;
  }
}

// A Lambda function has the whole CPU while it is imported, and a small one a fraction of it later:
// docs/architecture.md has the figures.
try {
  loadNative();
} catch {
  // An import never fails: the call that needs the addon tells why.
}
