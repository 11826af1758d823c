/** The thread that a WebAssembly module computes in: one call at a time. */
import { parentPort } from "node:worker_threads";

import type { Call } from "../protocol";
import { serve } from "../serve";
import { loadEngine } from "./module";

const run = serve(loadEngine, (answer) => parentPort?.postMessage(answer));

parentPort?.on("message", (call: Call) => {
  run(call);
});
