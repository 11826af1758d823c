import type * as buffer from "node:buffer";
import { createRequire } from "node:module";
import type * as os from "node:os";
import type * as path from "node:path";
import type * as stream from "node:stream";
import type * as timers from "node:timers";
import type * as v8 from "node:v8";

import type * as load from "@neon-rs/load";

/** The modules of Node.js that are used here. */
interface Builtins {
  "node:buffer": typeof buffer;
  "node:os": typeof os;
  "node:path": typeof path;
  "node:stream": typeof stream;
  "node:timers": typeof timers;
  "node:v8": typeof v8;
}

let builtins: NodeJS.Require | undefined;

/**
 * A module of Node.js, loaded when it is first needed.
 *
 * An ES module that imports one reads all its exports: those of `node:fs` alone load `node:stream`, which costs more
 * than the rest of this package's import.
 */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  // Any path does for what Node.js itself has.
  builtins ??= createRequire(process.execPath);
  return builtins(name) as Builtins[Name];
}

let packages: NodeJS.Require | undefined;

/** Loads modules from where this package lies, in both builds; fails in a bundle that has lost the place. */
export function packageRequire(): NodeJS.Require {
  return (packages ??= createRequire(import.meta.url));
}

/** A CommonJS package: an ES module that imports one waits for an analysis of its exports. */
export function neonLoad() {
  return packageRequire()("@neon-rs/load") as typeof load;
}
