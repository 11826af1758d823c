import type * as fs from "node:fs";
import type * as module from "node:module";
import type * as os from "node:os";
import type * as path from "node:path";

/** The modules of Node.js that are used here. */
interface Builtins {
  "node:fs": typeof fs;
  "node:os": typeof os;
  "node:path": typeof path;
}

/** A module of Node.js, loaded when it is first needed: the import of a package that may never load its binary loads none. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  // Node.js before 20.16 lacks the first, a bundle that is an ES module the second.
  const module: unknown = "getBuiltinModule" in process ? process.getBuiltinModule(name) : required(name);
  return module as Builtins[Name];
}

/** Bundlers leave this alone; about `require` of a name that is not spelt out they warn. */
function required(name: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createRequire } = require("node:module") as typeof module;
  return createRequire(__filename)(name);
}
