// @ts-check
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root } from "../lib/paths.mjs";
import { counters, countVitest, nothing } from "./counts.mjs";

/** @typedef {import("./counts.mjs").Counts} Counts */
/** @typedef {import("./list.mjs").Check} Check */

/**
 * @typedef {object} Outcome
 * @property {Counts} counts
 * @property {string} output all that it printed
 * @property {number} seconds
 * @property {number | undefined} processor seconds of processor time, where the system tells
 */

/**
 * Runs a check to its end and counts its tests.
 *
 * @param {Check} check
 * @param {{ env?: NodeJS.ProcessEnv, show?: boolean }} [options] `env` is added to the environment; with `show` its output
 *   also appears while it comes
 * @returns {Promise<Outcome>}
 */
export async function runCheck({ run, count, minutes = 20 }, { env = {}, show = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "compute-pi-rs-check-"));
  try {
    const report = join(folder, "vitest.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const command = count === "vitest" ? [...run, ...reporters] : run;
    const path = [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
    const start = performance.now();
    const { code, stdout, output, processor } = await spawnTimed(command, {
      env: { ...process.env, ...env, PATH: path },
      minutes,
      show,
    });
    const seconds = (performance.now() - start) / 1000;
    return { counts: countTests(), output, seconds, processor };

    function countTests() {
      if (count === undefined) return { ...nothing(), passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
      const counts =
        count !== "vitest"
          ? counters[count](stdout)
          : existsSync(report)
            ? countVitest(readFileSync(report, "utf8"))
            : nothing();
      // A runner that crashed, or that found no test, must not pass for one that is content.
      if (counts.failed === 0 && (code !== 0 || counts.passed + counts.skipped === 0)) counts.failed = 1;
      return counts;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The process groups of what runs now. @type {Set<number>} */
const groups = new Set();

/** Ends all that the running checks have started. */
export function endRunningChecks() {
  for (const group of groups) endGroup(group);
}

/** @param {number} group */
function endGroup(group) {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

// The shell tells on descriptor 3 how much processor time the command took, with all that it waited for.
const timed = '"$@" 3>&-; status=$?; times >&3; exit "$status"';

/**
 * @param {readonly string[]} command
 * @param {{ env: NodeJS.ProcessEnv, minutes: number, show: boolean }} options
 * @returns {Promise<{ code: number, stdout: string, output: string, processor: number | undefined }>}
 */
function spawnTimed(command, { env, minutes, show }) {
  return new Promise((resolve) => {
    const child = spawn("sh", ["-c", timed, "sh", ...command], {
      cwd: root,
      env,
      // A group of its own: when its time is out, all that it has started ends with it.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const group = child.pid;
    if (group !== undefined) groups.add(group);
    let [stdout, output, times] = ["", "", ""];
    /** @param {string} text */
    const keep = (text) => {
      output += text;
      if (show) process.stdout.write(text);
    };
    const timer = setTimeout(() => {
      keep(`\nended after ${minutes} minutes\n`);
      if (group !== undefined) endGroup(group);
    }, minutes * 60_000);
    child.stdout?.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      stdout += text;
      keep(text);
    });
    child.stderr?.setEncoding("utf8").on("data", keep);
    const third = /** @type {import("node:stream").Readable | undefined} */ (child.stdio[3]);
    third?.setEncoding("utf8").on("data", (/** @type {string} */ text) => (times += text));
    child.on("error", (error) => {
      keep(`${error}\n`);
      end(1);
    });
    child.on("exit", (_, signal) => {
      if (signal !== null) keep(`\nended by ${signal}\n`);
      // Processes that it left behind would keep its pipes open, and processors busy, for ever.
      if (group !== undefined) endGroup(group);
    });
    child.on("close", (code) => end(code ?? 1));

    /** @param {number} code */
    function end(code) {
      clearTimeout(timer);
      if (group !== undefined) groups.delete(group);
      resolve({ code, stdout, output, processor: childrenTime(times) });
    }
  });
}

/**
 * @param {string} times what the shell's `times` prints: its own time, then that of its children, for instance `0m1.25s 0m0.10s`
 * @returns {number | undefined} seconds
 */
export function childrenTime(times) {
  const [, children] = times.trim().split("\n");
  const parts = [...(children ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) return undefined;
  return parts.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
}
