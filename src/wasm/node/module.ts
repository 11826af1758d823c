import { Engine, type Host, startedOf } from "../engine";
import { fuses } from "../probe";
import { plainModule, relaxedModule } from "./files";

/**
 * An instance of the fastest module that computes rightly here: see `crate/pi/src/simd/wasm128.rs`. Each thread loads its own;
 * V8 compiles the same bytes once a process.
 */
export function loadEngine(host: Host): Engine {
  // To ask the module itself would cost milliseconds.
  if (fuses()) {
    const engine = new Engine(new WebAssembly.Module(relaxedModule()), host);
    if (engine.start()) return engine;
  }
  return startedOf(new WebAssembly.Module(plainModule()))(host);
}
