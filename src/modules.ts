import type * as buffer from "node:buffer";
import type * as diagnosticsChannel from "node:diagnostics_channel";
import type * as fs from "node:fs";
import type * as os from "node:os";
import type * as path from "node:path";
import type * as perfHooks from "node:perf_hooks";
import type * as stream from "node:stream";
import type * as timers from "node:timers";
import type * as v8 from "node:v8";
import type * as workerThreads from "node:worker_threads";

import { packages } from "./native/packages";

/** The modules of Node.js that are used here. */
interface Builtins {
  "node:buffer": typeof buffer;
  "node:diagnostics_channel": typeof diagnosticsChannel;
  "node:fs": typeof fs;
  "node:os": typeof os;
  "node:path": typeof path;
  "node:perf_hooks": typeof perfHooks;
  "node:stream": typeof stream;
  "node:timers": typeof timers;
  "node:v8": typeof v8;
  "node:worker_threads": typeof workerThreads;
}

/** A module of Node.js, loaded when it is first needed: some take longer than the rest of this package's import. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  // Node.js before 20.16 lacks the first, a bundle that is an ES module the second.
  const module: unknown = "getBuiltinModule" in process ? process.getBuiltinModule(name) : packages().load(name);
  return module as Builtins[Name];
}
