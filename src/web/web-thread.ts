import type { Answer, Call } from "../wasm/protocol";
import type { Listener, Thread } from "../wasm/thread";

const { Blob, queueMicrotask, URL, Worker } = globalThis;

/** Where the program of the workers may be had, best first. A place is left out once it was refused. */
const places = [...new Set([besides() ? file : inlined, inlined, file])];

/** A Web Worker. Until it is ready, what is sent to it is kept: another one may take its place. */
export class WebThread implements Thread {
  readonly #listener: Listener;
  readonly #module: Promise<WebAssembly.Module>;
  readonly #failed: (error: unknown) => void;
  #worker: Worker | undefined;
  #kept: Call[] | undefined = [];
  #over = false;

  constructor(listener: Listener, module: Promise<WebAssembly.Module>, failed: (error: unknown) => void) {
    this.#listener = listener;
    this.#module = module;
    this.#failed = failed;
    this.#module.catch(failed);
    void this.#start();
  }

  post(call: Call): void {
    if (this.#kept) this.#kept.push(call);
    else this.#worker?.postMessage(call);
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#worker?.terminate();
    // The caller may be told of nothing before it has what it waits for.
    queueMicrotask(this.#listener.ended);
  }

  hold(): void {
    return;
  }

  /** A browser tells late, if at all, that a page's policy or a missing file keeps a worker from starting. */
  async #start(): Promise<void> {
    const [place] = places;
    if (place === undefined) {
      this.#failed(new Error("no Web Worker can be started: let worker-src of the page's policy name 'self' or blob:"));
      return;
    }
    try {
      await this.#startAt(await place());
      const module = await this.#module;
      if (this.#over) return;
      this.#worker?.postMessage(module);
      for (const call of this.#kept ?? []) this.#worker?.postMessage(call);
      this.#kept = undefined;
    } catch (error) {
      if (this.#over || (await this.#isLost(error))) return;
      if (places[0] === place) places.shift();
      await this.#start();
    }
  }

  /** Whether it is the module that is missing: of that the caller is told already. */
  #isLost(error: unknown): Promise<boolean> {
    return this.#module.then(
      () => false,
      (reason: unknown) => reason === error,
    );
  }

  /** Resolves when the worker is ready. */
  #startAt(url: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(url, { type: "module", name: "compute-pi-rs" });
      this.#worker = worker;
      if (this.#over) worker.terminate();
      worker.onmessage = ({ data }: MessageEvent<Answer | "ready">) => {
        if (data === "ready") resolve();
        else this.#listener.answered(data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || "the worker did not start"));
        const { message } = event;
        if (!this.#kept) this.#listener.answered({ failed: { message, facts: { kind: "panic" } } });
      };
    });
  }
}

/** Whether the file of the program lies where it is looked for: as published, or where a bundler that knows the form put it. */
function besides(): boolean {
  try {
    return (
      new URL(import.meta.url).pathname.endsWith("/compute-pi.js") || !new URL(file()).pathname.endsWith("/worker.js")
    );
  } catch {
    return false;
  }
}

/** In these words, bundlers see that the file is to be taken along. */
function file(): string {
  return new URL("./worker.js", import.meta.url).href;
}

let blob: Promise<string> | undefined;

/** The same program, from JavaScript that holds it. */
function inlined(): Promise<string> {
  blob ??= import("./worker-source.js").then(({ default: source }) =>
    URL.createObjectURL(new Blob([source], { type: "text/javascript" })),
  );
  return blob;
}
