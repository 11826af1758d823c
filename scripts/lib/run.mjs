// @ts-check
import { spawn } from "node:child_process";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] the whole environment of the child, not additions to ours
 * @property {string} [input] what the child reads on its standard input; nothing by default
 * @property {number} [timeout] milliseconds after which the child is killed
 * @property {boolean} [echo] also show the output here while it comes
 */

/**
 * @typedef {object} RunResult
 * @property {number | null} code the exit code, or null when a signal ended the child
 * @property {NodeJS.Signals | null} signal
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a command to its end and keeps what it printed. A failure of the command is a result, not an exception.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { cwd, env, input = "", timeout, echo = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env });
    // Not the option of `spawn`: where the program is missing, its timer would keep this process waiting.
    const timer = timeout === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), timeout);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      stdout += text;
      if (echo) process.stdout.write(text);
    });
    child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      stderr += text;
      if (echo) process.stderr.write(text);
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr });
    });
    // A child that ends without reading its input closes the pipe: that is its right.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/**
 * Like {@link run}, but a command that does not exit with 0 is an error that shows its output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export async function runOrThrow(command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    const end = result.signal ?? `exit code ${result.code}`;
    throw new Error(`${[command, ...args].join(" ")}: ${end}\n${result.stdout}${result.stderr}`);
  }
  return result;
}
