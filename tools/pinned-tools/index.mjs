// @ts-check
export * from "./chromium.mjs";
export * from "./debian.mjs";
export * from "./fetch.mjs";
export * from "./tools.mjs";
