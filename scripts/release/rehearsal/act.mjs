// @ts-check
// act (github.com/nektos/act) reads GitHub's workflows and runs them here, without Docker.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { pythonTools } from "@compute-pi-rs/pinned-tools";

const actions = fileURLToPath(new URL("stand-ins/actions", import.meta.url));

/**
 * @typedef {object} ActEvent a line of its log
 * @property {string} [job] its workflow and name
 * @property {string} [jobID]
 * @property {Record<string, unknown>} [matrix] the row of the leg
 * @property {string} [step] the action, or the text of the line that is run
 * @property {string[]} [stepID]
 * @property {string} [stage] `Pre`, `Main` or `Post`
 * @property {"success" | "failure" | "skipped"} [stepResult]
 * @property {"success" | "failure" | "skipped"} [jobResult]
 * @property {number} [executionTime] in nanoseconds
 * @property {boolean} [raw_output] whether `msg` is what the step printed
 * @property {string} [msg]
 */

/** @returns {Promise<string>} the path of act: to compile it takes longer than all that it runs of a short workflow */
export async function installAct() {
  return join(await pythonTools("act"), "act");
}

/**
 * Every action that the repository's workflows use, with its stand-in.
 *
 * @param {string} repository
 * @returns {string[]} flags of act
 */
export function standIns(repository) {
  const github = join(repository, ".github");
  const texts = readdirSync(github, { recursive: true })
    .map((file) => join(github, String(file)))
    .filter((file) => file.endsWith(".yml"))
    .map((file) => readFileSync(file, "utf8"));
  const used = texts.flatMap((text) =>
    Array.from(text.matchAll(/\buses: ([\w-]+\/[\w.-]+@\S+)/g), ([, use]) => `${use}`),
  );
  return [...new Set(used)].flatMap((use) => {
    const folder = join(actions, basename(use.replace(/@.*/, "")));
    return existsSync(folder) ? ["--local-repository", `${use}=${folder}`] : [];
  });
}

/**
 * Runs one workflow for one event.
 *
 * @param {string} command act
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, on: (event: ActEvent) => void }} options
 * @returns {Promise<{ code: number | null, problems: string }>} act's own exit code and complaints
 */
export async function act(command, args, { cwd, env, on }) {
  const child = spawn(command, [...args, "--json"], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let problems = "";
  child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => (problems += text));
  const closed = new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("{")) on(JSON.parse(line));
  }
  return { code: await closed, problems };
}
