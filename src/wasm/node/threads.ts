import { isError } from "../../brand";
import { builtin } from "../../modules";
import type { Answer } from "../protocol";
import type { Start } from "../thread";
import { workerFile } from "./files";

/** Worker threads of Node.js. */
export const start: Start = ({ answered, ended }) => {
  const { Worker } = builtin("node:worker_threads");
  // The flags of the process are for its own program.
  const worker = new Worker(workerFile(), { execArgv: [], stdin: false });
  worker.unref();
  worker.on("message", (answer: Answer) => {
    answered(answer);
  });
  worker.on("error", (error: unknown) => {
    const refused = isError(error) && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    answered({ failed: { message: String(error), facts: { kind: refused ? "allocation" : "panic" } } });
  });
  worker.on("exit", ended);
  return {
    post: (call) => {
      worker.postMessage(call);
    },
    end: () => void worker.terminate(),
    hold: (alive) => {
      if (alive) worker.ref();
      else worker.unref();
    },
  };
};

/** One call more than that at once would only slow down the others. */
export function processors(): number {
  return builtin("node:os").cpus().length || 1;
}
