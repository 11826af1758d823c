// @ts-check
import { join } from "node:path";
import { armLibraries, armNode, emulator } from "@compute-pi-rs/foreign-systems";
import { installTools, nodeRuntimes } from "@compute-pi-rs/pinned-tools";
import { runtimeClient } from "./client/build.mjs";

/** Lambda's Node.js runtimes of today. */
export const nodejsRuntimes = /** @type {const} */ (["nodejs20.x", "nodejs22.x", "nodejs24.x", "nodejs26.x"]);

/** Node.js's name of each of Lambda's architectures. */
const cpus = { x86_64: "x64", arm64: "arm64" };

/** @typedef {keyof typeof cpus} Architecture */

/**
 * @typedef {object} RuntimeCommand
 * @property {string} program
 * @property {string[]} args
 * @property {boolean} emulated memory and times say nothing about a real machine then
 */

/**
 * How a runtime is started on this machine: AWS's runtime interface client on a release of Node.js, or the program of
 * the function itself.
 *
 * @param {string} runtime `nodejs24.x` and its like, or an OS-only runtime such as `provided.al2023`
 * @param {Architecture} architecture
 * @param {number} memory in megabytes
 * @param {string} taskRoot
 * @returns {Promise<RuntimeCommand>}
 */
export async function runtimeCommand(runtime, architecture, memory, taskRoot) {
  const cpu = cpus[architecture];
  const emulated = cpu !== process.arch;
  const command = runtime.startsWith("provided.")
    ? [join(taskRoot, "bootstrap")]
    : [await nodejs(runtime, cpu), ...nodeFlags(memory), await runtimeClient(cpu)];
  const [program = "", ...args] = emulated ? [...(await emulation(cpu)), ...command] : command;
  return { program, args, emulated };
}

/**
 * The options that Lambda's own start script gives to Node.js: a tenth of the memory for the young generation, the rest
 * for the old one, and none of the features that were experimental when the runtime came out.
 *
 * @param {number} memory in megabytes
 */
function nodeFlags(memory) {
  const young = Math.floor(memory / 10);
  return [
    "--expose-gc",
    "--max-http-header-size=81920",
    `--max-semi-space-size=${Math.floor(young / 2)}`,
    `--max-old-space-size=${memory - young}`,
    "--no-experimental-require-module",
    "--no-experimental-detect-module",
  ];
}

/**
 * @param {string} runtime
 * @param {string} cpu
 * @returns {Promise<string>} the path of the executable
 */
async function nodejs(runtime, cpu) {
  const major = Number(/^nodejs(\d+)\.x$/.exec(runtime)?.[1]);
  await installTools();
  const found = nodeRuntimes(cpu).find((node) => node.major === major);
  if (found !== undefined) return found.path;
  if (cpu === "arm64" && process.arch === "x64") return armNode(major);
  throw new Error(`no Node.js for the runtime ${runtime} on ${cpu}`);
}

/** @param {string} cpu */
async function emulation(cpu) {
  if (cpu !== "arm64") throw new Error(`functions for ${cpu} run only on such a machine`);
  return [await emulator("aarch64"), "-cpu", "max", "-L", await armLibraries()];
}
