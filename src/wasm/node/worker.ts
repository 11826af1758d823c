/** The thread that a WebAssembly module computes in: one call at a time. */
import { parentPort, workerData } from "node:worker_threads";

import type { Call } from "../protocol";
import { serve } from "../serve";
import type { WorkerData } from "./threads";

const { module } = workerData as WorkerData;
const run = serve(module, (answer) => parentPort?.postMessage(answer));

parentPort?.on("message", (call: Call) => {
  run(call);
});
