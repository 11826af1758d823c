import type { Quick } from "../../wasm/backend";
import { Engine } from "../../wasm/engine";
import { now } from "../clock";
import { withBeside } from "../with-beside";
import { module } from "./modules";

let quickly: Quick | undefined;

/** The back end of the calls that take no time: an instance of its own. */
export function quick(): Quick {
  return (quickly ??= withBeside(new Engine(module(), { advanced: () => undefined, now })));
}
