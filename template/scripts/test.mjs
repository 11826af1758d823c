// @ts-check
// `npm test` builds, and runs all tests: those of Rust, then those of the package.
import { join } from "node:path";
import { build, root, run } from "./lib.mjs";

build();
run("cargo", ["test", "--locked", "--manifest-path", join("crate", "Cargo.toml")]);
run(process.execPath, ["--test", join(root, "test", "digest.test.mjs"), join(root, "test", "workers.test.mjs")]);
