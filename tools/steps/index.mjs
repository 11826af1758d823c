// @ts-check
export * from "./date.mjs";
export * from "./install.mjs";
export * from "./lock.mjs";
export * from "./packages.mjs";
export * from "./run.mjs";
export * from "./toml.mjs";
