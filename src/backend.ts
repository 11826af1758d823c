import { mayHaveWorkers } from "@compute-pi-rs/addon-loader";

import type { Addon } from "./native/addon";
import { NativeBinaryError } from "./native/error";
import { chosenBinary, loadNative } from "./native/load";
import { detectedPlatform } from "./native/platform";
import { NodeWasmBackend } from "./wasm/node/backend";

/** The environment variable that says what to compute with: `native`, `wasm`, or what there is. */
const BACKEND_VARIABLE = "COMPUTE_PI_RS_BACKEND";

/** The back end that computes here. */
export interface Backend {
  addon: Addon;
  /** The platform of this process, such as `linux-x64-gnu`. */
  platform: string;
  name: "native" | "wasm";
  /** Why it is not the native binary. */
  reason: Error | undefined;
}

let loaded: Backend | undefined;

/**
 * The back end that computes here, loaded on first use: the native binary, or the WebAssembly module where that cannot be loaded. The
 * process is warned then, once.
 *
 * @throws NativeBinaryError where neither can be loaded, or only the binary is wanted.
 */
export function loadBackend(): Backend {
  return (loaded ??= load());
}

function load(): Backend {
  const wanted = process.env[BACKEND_VARIABLE];
  if (wanted === "wasm") return wasm(undefined);
  try {
    return { ...loadNative(), name: "native", reason: undefined };
  } catch (error) {
    if (wanted === "native" || !(error instanceof NativeBinaryError) || !canBeReplaced(error)) throw error;
    return replaced(error);
  }
}

/** A binary that was chosen by its path is not replaced by another, and none where WebAssembly is not allowed to compute. */
function canBeReplaced({ problem }: NativeBinaryError): boolean {
  return chosenBinary() === undefined && problem !== "mismatched" && mayHaveWorkers();
}

function replaced(error: NativeBinaryError): Backend {
  let backend: Backend;
  try {
    backend = wasm(error);
  } catch {
    // In a bundle that left everything behind: the binary's error has the remedy.
    throw error;
  }
  const { platform, message, remedies } = error;
  process.emitWarning(`computing with WebAssembly on ${platform}, which is slower: ${firstLine(message)}`, {
    type: "ComputePiWarning",
    code: "COMPUTE_PI_WASM",
    detail: [...remedies.map((remedy) => `- ${remedy}`), `COMPUTE_PI_RS_BACKEND=wasm says that this is meant.`].join(
      "\n",
    ),
  });
  return backend;
}

function wasm(reason: NativeBinaryError | undefined): Backend {
  return { addon: new NodeWasmBackend(), platform: reason?.platform ?? detectedPlatform(), name: "wasm", reason };
}

function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/^compute-pi-rs: /, "");
}
