// @ts-check
import { join } from "node:path";

import { root } from "../../../scripts/lib/paths.mjs";
import { run } from "@compute-pi-rs/steps";

/**
 * Runs a program of test/hard/programs with what `npm run build` has built, and gives the figures that it prints.
 *
 * @template {string} [Figure=string]
 * @param {string} name
 * @param {readonly (string | number)[]} args
 * @param {{ minutes?: number, nodeOptions?: readonly string[], members?: readonly string[], env?: Record<string, string> }} [options]
 *   members: the files of a control group to join by
 * @returns {Promise<Record<Figure, number>>}
 * @throws with its output, when it does not exit with 0
 */
export async function runProgram(name, args, { minutes = 30, nodeOptions = [], members = [], env: more = {} } = {}) {
  const path = join(root, "test", "hard", "programs", `${name}.mjs`);
  const env = { ...process.env, COMPUTE_PI_RS_BINARY: join(root, "index.node"), ...more };
  const joining = members.map((file) => `echo $$ > ${file};`).join(" ");
  const command = ["-c", `${joining} exec "$0" "$@"`, process.execPath, ...nodeOptions, path, ...args.map(String)];
  const result = await run("sh", command, { env, timeout: minutes * 60_000 });
  if (result.exitCode !== 0)
    throw new Error(`${name}: ${result.signal ?? `exit code ${result.exitCode}`}\n${result.stderr}`);
  return JSON.parse(result.stdout);
}
