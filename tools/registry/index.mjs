// @ts-check
export * from "./consumer.mjs";
export * from "./environment.mjs";
export * from "./server.mjs";
