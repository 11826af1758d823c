// @ts-check
export * from "./compile.mjs";
export * from "./crates.mjs";
export * from "./layout.mjs";
export * from "./notices.mjs";
export * from "./pack.mjs";
export * from "./project.mjs";
export * from "./publish.mjs";
export * from "./recipe.mjs";
export * from "./registry.mjs";
export * from "./tarballs.mjs";
