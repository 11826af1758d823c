import { loadBackend } from "./backend";
import type { Trace } from "./tracing/trace";
import type { Quick } from "./wasm/backend";

/** The back end of the calls that take no time. */
export function quick(trace: Trace | undefined): Quick {
  const { addon, name } = loadBackend();
  trace?.foundBackend(name);
  return addon;
}
