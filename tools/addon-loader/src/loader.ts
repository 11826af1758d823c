import { builtin } from "./builtin";
import { checkoutBinary, checkoutFolder } from "./checkout";
import type { BinaryProblem } from "./error";
import { checkFile } from "./file";
import { isForbidden } from "./forbidden";
import type { LoaderOptions } from "./options";
import { detectPlatform } from "./platform";
import { codeOf } from "./thrown";
import { packageOf, reportOf } from "./words";

/** The loader of a package's binary. */
export interface Loader<Addon> {
  /** The addon of this platform, loaded on first use. It throws the package's error where there is none. */
  load: () => Addon;
  /** The platform that this process runs on, such as `linux-x64-gnu`, whether there is a binary or not. */
  platform: () => string;
  /** The file that the environment names, to be loaded instead of the platform's package. */
  chosen: () => string | undefined;
}

/**
 * Makes the loader of a package whose binaries are packages of their own, one for each platform, on which it depends optionally.
 *
 * Nothing is loaded or looked at before `load` is called, so that the import of the package never fails: the call that needs the
 * binary does, with an error that says what to do.
 *
 * @example
 * ```ts
 * import { createRequire } from "node:module";
 * import { join } from "node:path";
 * import { BinaryError, createLoader } from "@compute-pi-rs/addon-loader";
 *
 * interface Addon {
 *   version(): string;
 *   add(a: number, b: number): number;
 * }
 *
 * const { load } = createLoader<Addon>({
 *   package: "@acme/sum",
 *   version: "1.0.0",
 *   variable: "ACME_SUM_BINARY",
 *   binaries: {
 *     "linux-x64-gnu": () => require("@acme/sum-linux-x64-gnu"),
 *     "linux-arm64-gnu": () => require("@acme/sum-linux-arm64-gnu"),
 *     "darwin-arm64": () => require("@acme/sum-darwin-arm64"),
 *   },
 *   resolve: (name) => createRequire(__filename).resolve(name),
 *   main: "./index.js",
 *   folder: () => join(__dirname, ".."),
 *   exports: { version: true, add: true },
 *   recognisedBy: ["version"],
 *   versionOf: (addon) => addon.version(),
 *   error: (report) => new BinaryError("ERR_SUM_BINARY", report),
 * });
 *
 * export function sum(a: number, b: number): number {
 *   return load().add(a, b);
 * }
 * ```
 */
export function createLoader<Addon extends object>(options: LoaderOptions<Addon>): Loader<Addon> {
  const { platform = detectPlatform } = options;
  const chosen = () => process.env[options.variable] || undefined;
  let loaded: Addon | undefined;
  return { load: () => (loaded ??= load(options, platform(), chosen())), platform, chosen };
}

function load<Addon extends object>(
  options: LoaderOptions<Addon>,
  platform: string,
  chosen: string | undefined,
): Addon {
  const fail = (problem: BinaryProblem, cause: unknown) =>
    options.error(reportOf(problem, { platform, chosen, checkout: checkoutFolder(options), cause }, options));

  const file = chosen ?? checkoutBinary(options);
  const binary = file === undefined ? options.binaries[platform] : () => opened(file);
  if (binary === undefined) throw fail("unsupported", undefined);
  let found: unknown;
  let version: unknown;
  try {
    if (file === undefined) checkPackage(platform, options);
    found = binary();
    version = isRecognised(found, options) ? options.versionOf(found) : undefined;
    if (typeof version !== "string") throw notOurs(options);
  } catch (error) {
    throw fail(problemOf(error, options), error);
  }
  if (version !== options.version) throw fail("mismatched", new Error(`its version is ${version}`));
  if (!isAddon(found, options)) throw fail("unloadable", notOurs(options));
  return found;
}

/** Looks at the file of the platform's package before the system does. */
function checkPackage(platform: string, names: LoaderOptions<never>): void {
  const file = names.resolve(packageOf(platform, names));
  if (file.endsWith(".node")) checkFile(file);
}

/** The binary in a file of any name. */
function opened(path: string): unknown {
  const file = builtin("node:path").resolve(path);
  checkFile(file);
  const module: { exports: unknown } = { exports: {} };
  process.dlopen(module, file);
  return module.exports;
}

/** Whether a binary is of any version of the package, so that it can be asked which. */
function isRecognised<Addon extends object>(found: unknown, { recognisedBy }: LoaderOptions<Addon>): found is Addon {
  return hasFunctions(found, recognisedBy);
}

/** The place where what a binary exports is taken for what its contract says. */
function isAddon<Addon extends object>(found: unknown, { exports }: LoaderOptions<Addon>): found is Addon {
  return hasFunctions(found, Object.keys(exports));
}

function hasFunctions(found: unknown, names: readonly PropertyKey[]): boolean {
  if (typeof found !== "object" || found === null) return false;
  const functions: Partial<Record<PropertyKey, unknown>> = { ...found };
  return names.every((name) => typeof functions[name] === "function");
}

function notOurs({ package: name }: LoaderOptions<never>): Error {
  return new Error(`it is not a binary of ${name}`);
}

function problemOf(error: unknown, names: LoaderOptions<never>): BinaryProblem {
  if (isForbidden(error)) return "forbidden";
  if (isBundled(names)) return "bundled";
  if (names.finder !== undefined && !isInstalled(names.finder, names)) return "incomplete";
  return codeOf(error) === "MODULE_NOT_FOUND" ? "missing" : "unloadable";
}

/** Whether the package's file is not its own: a bundler has put it elsewhere. */
function isBundled({ resolve, main, package: name }: LoaderOptions<never>): boolean {
  try {
    return resolve(main) !== resolve(name);
  } catch {
    return true;
  }
}

function isInstalled(name: string, { resolve }: LoaderOptions<never>): boolean {
  try {
    return resolve(name) !== "";
  } catch {
    return false;
  }
}
