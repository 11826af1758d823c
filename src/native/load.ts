import { isError } from "../brand";
import { lambdaMemory } from "../lambda";
import { builtin } from "../modules";
import { platforms, version } from "../version";
import type { Addon } from "./addon";
import { NativeBinaryError, type NativeBinaryProblem } from "./error";
import { packages } from "./packages";
import { withPlatform } from "./platform";

/** The environment variable that names the binary to load instead of the platform's package. */
const BINARY_VARIABLE = "COMPUTE_PI_RS_BINARY";

/** The addon, the platform that it was loaded for, and the file when that was chosen. */
export interface Native {
  addon: Addon;
  platform: string;
}

let loaded: Native | undefined;

/**
 * The addon of this platform, loaded on first use, or when the package is imported into a Lambda function.
 *
 * @throws NativeBinaryError
 */
export function loadNative(): Native {
  loaded ??= withPlatform(load);
  return loaded;
}

function load(platform: string): Native {
  const chosen = process.env[BINARY_VARIABLE] || undefined;
  const fail = (problem: NativeBinaryProblem, cause: unknown) =>
    new NativeBinaryError(problem, { platform, supported: platforms, chosen, cause });

  if (chosen === undefined && !platforms.includes(platform)) throw fail("unsupported", undefined);
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
  const { neonLoad, binaries } = packages();
  const lazy: unknown = neonLoad().proxy({ platforms: binaries });
  // It loads on the first look at it; a copy spares each later call the detour.
  return Object.assign({}, lazy);
}

/** The binary in a file of any name. */
function opened(path: string): object {
  const module: { exports: object } = { exports: {} };
  process.dlopen(module, builtin("node:path").resolve(path));
  return module.exports;
}

/** The one place where what a binary exports is taken for what its contract says. */
function isAddon(exports: object): exports is Addon {
  return "info" in exports;
}

function problemOf(error: unknown): NativeBinaryProblem {
  if (isBundled()) return "bundled";
  if (!isInstalled("@neon-rs/load")) return "incomplete";
  const code = isError(error) && "code" in error ? error.code : undefined;
  return code === "MODULE_NOT_FOUND" ? "missing" : "unloadable";
}

/** Whether this file is not the package's own: a bundler has put it elsewhere. */
function isBundled(): boolean {
  try {
    const { resolve } = packages().load;
    return resolve("./index.cjs") !== resolve("compute-pi-rs");
  } catch {
    return true;
  }
}

function isInstalled(name: string): boolean {
  try {
    return packages().load.resolve(name) !== "";
  } catch {
    return false;
  }
}

// A Lambda function has a whole CPU while it is imported, and a fraction of one for its first call. Other programs may
// never call.
if (lambdaMemory() !== undefined) {
  try {
    loadNative();
  } catch {
    // An import never fails: the call that needs the addon tells why.
  }
}
