// @ts-check
// `npm start` sets up a fresh checkout, builds it and prints digits of pi: 1000, or as many as its argument says.
import { join } from "node:path";
import { prepare } from "./lib/toolchain.mjs";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";

const args = process.argv.length > 2 ? process.argv.slice(2) : ["1000"];

await prepare();
const build = await run("npm", ["run", "build"], { cwd: root, echo: true });
if (build.code !== 0) process.exit(1);
const { code } = await run(process.execPath, [join(root, "dist", "cli.cjs"), ...args], {
  cwd: root,
  env: process.env,
  echo: true,
});
process.exitCode = code ?? 1;
