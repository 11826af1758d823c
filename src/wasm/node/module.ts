import type { Bytes } from "../../bytes";
import { now } from "../../clock";
import { Engine } from "../engine";
import { fuses } from "../probe";
import { plainModule, relaxedModule } from "./files";

/** A module that computes rightly here, and an instance of it for what takes no time. */
export interface Loaded {
  module: WebAssembly.Module;
  engine: Engine;
}

/** The fastest module that this engine takes: see `crate/pi/src/simd/wasm128.rs`. */
export function loadModule(): Loaded {
  // To ask the module itself would cost milliseconds.
  if (fuses()) {
    const loaded = instantiated(relaxedModule());
    if (loaded.engine.start()) return loaded;
  }
  const loaded = instantiated(plainModule());
  loaded.engine.start();
  return loaded;
}

function instantiated(bytes: Bytes): Loaded {
  const module = new WebAssembly.Module(bytes);
  return { module, engine: new Engine(module, { advanced: () => undefined, now }) };
}
