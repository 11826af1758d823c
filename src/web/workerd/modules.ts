import plain from "../../../dist/pi.wasm";
import relaxed from "../../../dist/pi-relaxed.wasm";

import { fuses } from "./wasm/probe";

/** The module for this host, which compiles none while it runs: they are modules of the program. */
export function module(): WebAssembly.Module {
  return fuses() ? relaxed : plain;
}

/** The same, where it is waited for. */
export function loadModule(): Promise<WebAssembly.Module> {
  return Promise.resolve(module());
}
