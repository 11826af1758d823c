/** The Web Worker that a module computes in: first it is given the module, and then calls, one at a time. */
import { startedOf } from "../wasm/engine";
import type { Call } from "../wasm/protocol";
import { serve } from "../wasm/serve";

let run: ((call: Call) => void) | undefined;

globalThis.onmessage = ({ data }: MessageEvent<WebAssembly.Module | Call>) => {
  if (data instanceof WebAssembly.Module) {
    run = serve(startedOf(data), (answer) => {
      globalThis.postMessage(answer);
    });
  } else run?.(data);
};

globalThis.postMessage("ready");
