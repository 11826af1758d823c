import type { BinaryProblem, BinaryReport } from "./error";

/** The facts about a package and its binaries. */
export interface LoaderOptions<Addon extends object> {
  /** The name of the package that users install, such as `@acme/digest`. */
  package: string;
  /** Its version, which its binaries have, too. */
  version: string;
  /** The environment variable that names a file to load instead of the platform's package, such as `ACME_DIGEST_BINARY`. */
  variable: string;
  /**
   * Loads the package of each platform that has a binary. Spell the names out, as `() => require("@acme/digest-linux-x64-gnu")`:
   * tools that trace a program's files read them there.
   */
  binaries: Readonly<Record<string, () => unknown>>;
  /** The name of a platform's package: unless told otherwise that of the package, a hyphen, and the platform. */
  packageOf?: (platform: string) => string;
  /** Finds a module from where the package lies, as `require.resolve` does. It may throw: in some bundles nothing can be found. */
  resolve: (name: string) => string;
  /** The main file in the words for `resolve`, such as `./index.js`. When it is not found there, the package was bundled. */
  main: string;
  /** The folder of the package's manifest. In a checkout, a file `index.node` there goes before the platform's package. */
  folder: () => string;
  /** The functions that a binary exports, all of them. */
  exports: Readonly<Record<keyof Addon, true>>;
  /** The names of those that a binary of any version has. Nothing is called of one that lacks them: it is of another package. */
  recognisedBy: readonly (keyof Addon)[];
  /** The version that a binary says it is of. It may call what `recognisedBy` names. */
  versionOf: (addon: Addon) => unknown;
  /** Makes the error of the package, such as a {@link BinaryError}. */
  error: (report: BinaryReport) => Error;
  /** The oldest glibc that the binaries for Linux run with, such as `2.26`. */
  glibc?: string;
  /** The command that builds a checkout: `npm run build`, unless told otherwise. */
  build?: string;
  /** The command that builds no more than the binary: that of `build`, unless told otherwise. */
  buildAddon?: string;
  /** The package of somebody else without which no binary is found, such as `@neon-rs/load`, if there is one. */
  finder?: string;
  /** Names the platform: {@link detectPlatform}, unless told otherwise. */
  platform?: () => string;
  /** Remedies of the package's own, after the general ones. */
  remedies?: (problem: BinaryProblem) => readonly string[];
}
