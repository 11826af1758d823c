import { codeOf } from "../brand";
import { lambdaMemory } from "../lambda";
import { builtin } from "../modules";
import { isRecord } from "../options";
import { platforms, version } from "../version";
import { type Addon, EXPORTS } from "./addon";
import { checkoutBinary, checkoutFolder } from "./checkout";
import { NativeBinaryError, type NativeBinaryProblem } from "./error";
import { checkFile } from "./file";
import { isForbidden } from "./forbidden";
import { packages } from "./packages";
import { withPlatform } from "./platform";

/** The environment variable that names the binary to load instead of the platform's package. */
const BINARY_VARIABLE = "COMPUTE_PI_RS_BINARY";

/** The addon, and the platform that it was loaded for. */
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

/** The file that the environment names, to be loaded instead of the platform's package. */
export function chosenBinary(): string | undefined {
  return process.env[BINARY_VARIABLE] || undefined;
}

function load(platform: string): Native {
  const chosen = chosenBinary();
  const fail = (problem: NativeBinaryProblem, cause: unknown) =>
    new NativeBinaryError(problem, { platform, supported: platforms, chosen, checkout: checkoutFolder(), cause });

  const file = chosen ?? checkoutBinary();
  if (file === undefined && !platforms.includes(platform)) throw fail("unsupported", undefined);
  let exports: object;
  let found: string;
  try {
    exports = file === undefined ? packaged(platform) : opened(file);
    found = versionOf(exports);
  } catch (error) {
    throw fail(problemOf(error), error);
  }
  if (found !== version) throw fail("mismatched", new Error(`its version is ${found}`));
  if (!isAddon(exports)) throw fail("unloadable", notOurs());
  return { addon: exports, platform };
}

/** The binary of the platform's package. */
function packaged(platform: string): object {
  const { load, neonLoad, binaries } = packages();
  const file = load.resolve(`@compute-pi-rs/${platform}`);
  if (file.endsWith(".node")) checkFile(file);
  const lazy: unknown = neonLoad().proxy({ platforms: binaries });
  // It loads on the first look at it; a copy spares each later call the detour.
  return Object.assign({}, lazy);
}

/** The binary in a file of any name. */
function opened(path: string): object {
  const file = builtin("node:path").resolve(path);
  checkFile(file);
  const module: { exports: unknown } = { exports: {} };
  process.dlopen(module, file);
  if (!isRecord(module.exports)) throw notOurs();
  return module.exports;
}

/** The version that a binary says it is of. Nothing is called of an addon that has other functions. */
function versionOf(exports: object): string {
  if (!isOurs(exports)) throw notOurs();
  const told: unknown = exports.info();
  if (!isRecord(told) || typeof told.version !== "string") throw notOurs();
  return told.version;
}

/** Whether a binary is of any version of this package. */
function isOurs(exports: object): exports is { info: () => unknown } {
  const functions: Partial<Record<string, unknown>> = { ...exports };
  return ["info", "createJob", "digits"].every((name) => typeof functions[name] === "function");
}

/** The one place where what a binary exports is taken for what its contract says. */
function isAddon(exports: object): exports is Addon {
  const functions: Partial<Record<string, unknown>> = { ...exports };
  return EXPORTS.every((name) => typeof functions[name] === "function");
}

function notOurs(): Error {
  return new Error("it is not a binary of compute-pi-rs");
}

function problemOf(error: unknown): NativeBinaryProblem {
  if (isForbidden(error)) return "forbidden";
  if (isBundled()) return "bundled";
  if (!isInstalled("@neon-rs/load")) return "incomplete";
  return codeOf(error) === "MODULE_NOT_FOUND" ? "missing" : "unloadable";
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
