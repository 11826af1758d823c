import type { Quick } from "../wasm/backend";
import { Engine } from "../wasm/engine";
import small from "../../dist/pi-small.wasm";
import { decoded } from "../wasm/base64";
import { fuses } from "../wasm/probe";
import { now } from "./clock";
import { withBeside } from "./with-beside";

/** How much more memory the module takes at most that engines without fused products need, at up to ten million digits. */
const WITHOUT_FUSED_PRODUCTS = 2;

let quickly: Quick | undefined;

/**
 * The back end of the calls that take no time: a module of its own, so small that it is compiled at once. A bundler leaves it out of
 * programs without such calls.
 */
export function quick(): Quick {
  return (quickly ??= withBeside(
    new Engine(new WebAssembly.Module(decoded(small)), { advanced: () => undefined, now }),
    fuses() ? 1 : WITHOUT_FUSED_PRODUCTS,
  ));
}
