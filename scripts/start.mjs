// @ts-check
// `npm start` sets up a fresh checkout, builds it and prints digits of pi: 1000, or as many as its argument says.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { prepare } from "./lib/toolchain.mjs";
import { root } from "./lib/paths.mjs";

const args = process.argv.length > 2 ? process.argv.slice(2) : ["1000"];

prepare();
const build = spawnSync("npm", ["run", "build"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
if (build.status !== 0) process.exit(1);
const digits = spawnSync(process.execPath, [join(root, "dist", "cli.cjs"), ...args], { cwd: root, stdio: "inherit" });
process.exitCode = digits.status ?? 1;
