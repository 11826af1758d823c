// @ts-check
// This package, on the back end that the environment names.
import { createRequire } from "node:module";
import { serve } from "./serve.mjs";

const { generateString } = createRequire(import.meta.url)("../../../dist/index.cjs");
await serve((n) => generateString(n, { threads: 1 }));
