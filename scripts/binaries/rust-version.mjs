// @ts-check
// As a program, this prints the version.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../lib/paths.mjs";
import { readToml } from "@compute-pi-rs/steps";

/** The version of Rust that every binary is built with: the oldest that the workspace says it compiles with. */
export const rustVersion = `${readToml(join(root, "crate", "Cargo.toml")).workspace.package["rust-version"]}.0`;

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(rustVersion);
