// @ts-check
/**
 * Runs the checks of checks/checks.json: those of `npm test`, which need only Node.js, Rust and a C compiler, or others.
 *
 * usage: npm test [-- --all | --nightly | --only NAME,NAME…]
 */
import { parseArgs } from "node:util";
import { eachChange, lists, named, nightly } from "./checks/list.mjs";
import { prepare } from "./lib/toolchain.mjs";

const { values } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    nightly: { type: "boolean", default: false },
    only: { type: "string" },
  },
});

function chosen() {
  if (values.only !== undefined) return named(values.only.split(","));
  if (values.nightly) return named(nightly.map(({ name }) => name));
  return values.all ? eachChange : lists["npm test"];
}

const checks = chosen();
prepare();
// The packages that this imports are installed by now.
const { runChecks } = await import("./checks/run-checks.mjs");
process.exitCode = (await runChecks(checks)) ? 0 : 1;
