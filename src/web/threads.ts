import { isError } from "../brand";
import type { Start } from "../wasm/thread";
import { here } from "./here";
import { loadModule } from "./modules";
import { WebThread } from "./web-thread";

const { navigator, Worker } = globalThis;

/** Starts a Web Worker; where the host has none, as edge runtimes and service workers have, calls are computed here. */
export const start: Start = (listener) => {
  const failed = (error: unknown) => {
    const message = isError(error) ? error.message : String(error);
    listener.answered({ failed: { message, facts: { kind: "threads" } } });
    listener.ended();
  };
  return typeof Worker === "function"
    ? new WebThread(listener, loadModule(), failed)
    : here(listener, loadModule, failed);
};

/** One call more than that at once would only slow down the others. */
export function processors(): number {
  return typeof navigator === "object" ? navigator.hardwareConcurrency || 1 : 1;
}
