// @ts-check
export * from "./client/build.mjs";
export * from "./control-group.mjs";
export * from "./function-url.mjs";
export * from "./function.mjs";
export { largestResponse } from "./runtime-api.mjs";
export * from "./runtimes.mjs";
