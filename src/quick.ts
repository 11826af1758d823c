import { loadBackend } from "./backend";
import type { Trace } from "./tracing/trace";
import type { Quick } from "./wasm/backend";

/** What does the calls that take no time. */
export function quick(trace: Trace | undefined): Quick {
  const { addon, name } = loadBackend();
  trace?.foundBackend(name);
  return addon;
}
