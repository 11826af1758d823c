// @ts-check
export * from "./runtimes.mjs";
