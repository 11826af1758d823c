import { gunzipSync } from "fflate";

import { decoded } from "../wasm/base64";
import { fuses } from "../wasm/probe";

const { Blob, DecompressionStream, Response } = globalThis;

let loading: Promise<WebAssembly.Module> | undefined;

/**
 * The module for this browser. Each is JavaScript that holds it, compressed, as Base64: that every bundler and every server
 * can handle, whatever they think of WebAssembly, and a server that compresses sends hardly more.
 */
export function loadModule(): Promise<WebAssembly.Module> {
  loading ??= (fuses() ? import("./pi-relaxed.js") : import("./pi.js")).then(compiled).catch((error: unknown) => {
    // The next call may find a better network.
    loading = undefined;
    throw error;
  });
  return loading;
}

async function compiled({ default: base64 }: { default: string }): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await inflated(decoded(base64)));
}

/** Edge runtimes lack what inflates off the event loop. */
async function inflated(packed: Uint8Array<ArrayBuffer>): Promise<BufferSource> {
  if (typeof DecompressionStream !== "function") return gunzipSync(packed);
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
