// @ts-check
// `npm start` makes a fresh checkout ready, builds it and prints a digest: of its argument, or of "abc".
import { createRequire } from "node:module";
import { build } from "./lib.mjs";

build();
const { digest } = createRequire(import.meta.url)("../dist/index.js");
const text = process.argv[2] ?? "abc";
console.log(`${Buffer.from(await digest(Buffer.from(text))).toString("hex")}  ${text}`);
