import * as computePi from "compute-pi-rs";
import { generate } from "compute-pi-rs";
import assert from "node:assert";
import { createRequire } from "node:module";
import { assertPi, n } from "./checkpoint.cjs";

assertPi(await generate(n));

// The names are there in both module systems, and they are the same.
const required = createRequire(import.meta.url)("compute-pi-rs");
const names = (namespace) =>
  Object.keys(namespace)
    .filter((name) => name !== "default" && name !== "__esModule")
    .sort();
assert.deepStrictEqual(names(computePi), names(required));
