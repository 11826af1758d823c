// The files that the scripts of the build make, as far as the browser's build takes them.

/** The small module, as Base64. */
declare module "*/pi-small.wasm" {
  const base64: string;
  export default base64;
}

/** A module as hosts give it that compile what a program brings along. */
declare module "*/pi.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

/** The same. */
declare module "*/pi-relaxed.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

/** A module, compressed, as Base64. */
declare module "*/pi.js" {
  const base64: string;
  export default base64;
}

/** The same. */
declare module "*/pi-relaxed.js" {
  const base64: string;
  export default base64;
}

/** The program of the workers. */
declare module "*/worker-source.js" {
  const source: string;
  export default source;
}
