import { startedOf } from "../wasm/engine";
import { serve } from "../wasm/serve";
import type { Call } from "../wasm/protocol";
import type { Listener, Thread } from "../wasm/thread";
import { setImmediate } from "./clock";

/** Computes on the event loop itself. A call that has begun cannot be interrupted; one that was ended gives nothing. */
export function here(
  { answered, ended }: Listener,
  loadModule: () => Promise<WebAssembly.Module>,
  failed: (error: unknown) => void,
): Thread {
  let over = false;
  const tell: Listener["answered"] = (answer) => {
    if (!over) answered(answer);
  };
  let run: Promise<(call: Call) => void> | undefined;
  return {
    post: (call) => {
      run ??= loadModule().then((module) => serve(startedOf(module), tell));
      run
        .then(async (run) => {
          // Whatever is due, such as an abort, comes first.
          await new Promise(setImmediate);
          if (!over) run(call);
        })
        .catch(failed);
    },
    end: () => {
      if (over) return;
      over = true;
      ended();
    },
    hold: () => undefined,
  };
}
