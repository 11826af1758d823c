// @ts-check
// `npm test` builds, and runs all tests: those of Rust, then those of the package.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build, root, run } from "./lib.mjs";

build();
run("cargo", ["test", "--locked", "--manifest-path", join("crate", "Cargo.toml")]);
const tests = readdirSync(join(root, "test")).filter((file) => file.endsWith(".test.mjs"));
run(process.execPath, ["--test", ...tests.map((file) => join(root, "test", file))]);
