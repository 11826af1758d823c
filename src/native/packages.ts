import type * as nodeFs from "node:fs";
import type * as module from "node:module";

import type * as neonLoad from "@neon-rs/load";

/** Loads from other packages, from where this one lies. */
export interface Packages {
  /** Loads and finds modules by name. */
  load: NodeJS.Require;
  neonLoad: () => typeof neonLoad;
  /** For those who read this file. */
  traced: typeof traced;
  /** The packages that hold the binaries: one for each of `neon.platforms` in package.json. */
  binaries: Record<string, () => Record<string, unknown>>;
}

/**
 * Fails in a bundle that has lost its place.
 *
 * In these words, with the names spelt out, tools that trace a program's files see which packages they have to take along, and
 * bundlers leave it alone; `require` itself they would follow into the packages of other platforms.
 */
export function packages(): Packages {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createRequire } = require("node:module") as typeof module;
  const load = createRequire(__filename);
  return {
    load,
    traced,
    neonLoad: () => load("@neon-rs/load") as typeof neonLoad,
    binaries: {
      "linux-x64-gnu": () => load("@compute-pi-rs/linux-x64-gnu") as Record<string, unknown>,
      "linux-arm64-gnu": () => load("@compute-pi-rs/linux-arm64-gnu") as Record<string, unknown>,
      "linux-x64-musl": () => load("@compute-pi-rs/linux-x64-musl") as Record<string, unknown>,
      "linux-arm64-musl": () => load("@compute-pi-rs/linux-arm64-musl") as Record<string, unknown>,
      "linux-arm-gnueabihf": () => load("@compute-pi-rs/linux-arm-gnueabihf") as Record<string, unknown>,
      "darwin-arm64": () => load("@compute-pi-rs/darwin-arm64") as Record<string, unknown>,
      "darwin-x64": () => load("@compute-pi-rs/darwin-x64") as Record<string, unknown>,
      "win32-x64-msvc": () => load("@compute-pi-rs/win32-x64-msvc") as Record<string, unknown>,
      "win32-arm64-msvc": () => load("@compute-pi-rs/win32-arm64-msvc") as Record<string, unknown>,
    },
  };
}

/**
 * Called by nobody. Of the tracers, that of Next.js 15 does not follow `createRequire`; it takes along the files whose names it can
 * read here. They lie beside this package, as npm, pnpm and yarn install them.
 */
const traced = (fs: Pick<typeof nodeFs, "readFileSync">): Buffer[] => [
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/linux-x64-gnu/package.json`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/linux-x64-gnu/index.node`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/linux-arm64-gnu/package.json`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/linux-arm64-gnu/index.node`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/linux-x64-musl/package.json`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/linux-x64-musl/index.node`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/linux-arm64-musl/package.json`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/linux-arm64-musl/index.node`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/linux-arm-gnueabihf/package.json`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/linux-arm-gnueabihf/index.node`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/darwin-arm64/package.json`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/darwin-arm64/index.node`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/darwin-x64/package.json`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/darwin-x64/index.node`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/win32-x64-msvc/package.json`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/win32-x64-msvc/index.node`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/win32-arm64-msvc/package.json`),
  fs.readFileSync(`${__dirname}/../../@compute-pi-rs/win32-arm64-msvc/index.node`),
  fs.readFileSync(`${__dirname}/../../@neon-rs/load/package.json`),
  fs.readFileSync(`${__dirname}/../../@neon-rs/load/dist/index.js`),
];
