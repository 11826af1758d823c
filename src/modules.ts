import { createRequire } from "node:module";
import type * as stream from "node:stream";

import type * as load from "@neon-rs/load";

/** Loads modules from where this package lies, in both builds; fails in a bundle that has lost the place. */
export function packageRequire(): NodeJS.Require {
  return createRequire(import.meta.url);
}

/** `node:stream`, loaded when it is first needed: it is a third of what an import would cost. */
export function nodeStream() {
  // Any path does for what Node.js itself has.
  return createRequire(process.execPath)("node:stream") as typeof stream;
}

/** A CommonJS package: an ES module that imports one waits for an analysis of its exports. */
export function neonLoad() {
  return packageRequire()("@neon-rs/load") as typeof load;
}
