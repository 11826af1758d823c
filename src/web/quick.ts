import type { Quick } from "../wasm/backend";
import { Engine } from "../wasm/engine";
import small from "../../dist/pi-small.wasm";
import { decoded } from "../wasm/base64";
import { now } from "./clock";
import { withBeside } from "./with-beside";

let quickly: Quick | undefined;

/**
 * What does the calls that take no time: a module of its own, so small that it is compiled at once. A bundler leaves it out of
 * programs without such calls.
 */
export function quick(): Quick {
  return (quickly ??= withBeside(
    new Engine(new WebAssembly.Module(decoded(small)), { advanced: () => undefined, now }),
  ));
}
