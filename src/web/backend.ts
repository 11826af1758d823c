import type { Backend as OfNode } from "../backend";
import { type Computing, WasmBackend } from "../wasm/backend";
import { processors, start } from "./threads";

/** The back end that computes here. */
export type Backend = Omit<OfNode, "addon"> & { addon: Computing };

let loaded: Backend | undefined;

/** The back end that computes here: the WebAssembly module. Nothing is loaded before the first call that computes. */
export function loadBackend(): Backend {
  return (loaded ??= {
    addon: new WasmBackend(start, processors()),
    platform: "browser",
    name: "wasm",
    reason: undefined,
  });
}
