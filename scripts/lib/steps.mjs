// @ts-check
import { stripVTControlCharacters } from "node:util";
import { run } from "./run.mjs";
import { root } from "./paths.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @typedef {object} Step one thing that can pass or fail
 * @property {string} name
 * @property {[string, ...string[]]} command
 * @property {NodeJS.ProcessEnv} [env] added to the environment
 * @property {(stdout: string) => Counts} [count] reads how many tests ran; without it the step counts as one
 * @property {string[]} [packages] the Debian packages that it needs
 * @property {() => Promise<string | undefined>} [missing] why it cannot be done on this machine, where it cannot
 * @property {number} [minutes] after which it is stopped
 */

/**
 * Runs every step, also after one has failed, then prints a table and the closing line.
 *
 * @param {readonly Step[]} steps
 * @returns {Promise<boolean>} whether nothing failed
 */
export async function runSteps(steps) {
  const rows = [];
  const failures = [];
  for (const step of steps) {
    console.log(`\n── ${step.name}: ${step.command.join(" ")}`);
    const start = performance.now();
    const { output, ...counts } = await runStep(step);
    rows.push({ name: step.name, seconds: (performance.now() - start) / 1000, ...counts });
    if (counts.failed > 0) failures.push(`── ${step.name} failed:\n${tellingLines(output)}\n`);
  }
  // Again at the end: who reads the log of a long run begins there.
  if (failures.length > 0) console.log(`\n${failures.join("\n")}`);
  const width = Math.max(...rows.map((row) => row.name.length));
  console.log();
  for (const { name, seconds, ...counts } of rows) {
    console.log(`${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${describe(counts)}`);
  }
  const total = rows.reduce(add, { passed: 0, failed: 0, skipped: 0 });
  console.log(`\n${describe(total)}`);
  return total.failed === 0;
}

/**
 * @param {Step} step
 * @returns {Promise<Counts & { output: string }>}
 */
async function runStep({ command: [program, ...args], env, count, packages = [], missing, minutes = 20 }) {
  const lacking = (await missing?.()) ?? (await installPackages(packages));
  if (lacking !== undefined) {
    console.log(`skipped: ${lacking}`);
    return { passed: 0, failed: 0, skipped: 1, output: "" };
  }
  const options = { cwd: root, env: { ...process.env, ...env }, echo: true, timeout: minutes * 60_000 };
  const { code, stdout, stderr } = await run(program, args, options).catch((error) => {
    console.error(String(error));
    return { code: 1, stdout: "", stderr: String(error) };
  });
  const counts = count?.(stdout) ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  // A runner that crashed, or that found no test, must not pass for one that is content.
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1;
  return { ...counts, output: stdout + stderr };
}

/**
 * Of what a failed step printed, the lines that name a failure, each with the few after it; else the last lines.
 *
 * @param {string} output
 */
function tellingLines(output) {
  const lines = stripVTControlCharacters(output).trimEnd().split("\n");
  const telling = new Set(
    lines.flatMap((line, index) =>
      /panicked at|\bFAILED\b|^not ok|^ *[×✗]|^ *(error|Error|\w+Error)\b/.test(line)
        ? [0, 1, 2, 3].map((after) => index + after)
        : [],
    ),
  );
  const told = telling.size > 0 ? lines.filter((_, index) => telling.has(index)) : lines.slice(-40);
  return told.slice(0, 80).join("\n");
}

/**
 * Installs Debian packages where that is possible.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<string | undefined>} why it cannot be done
 */
async function installPackages(packages) {
  if (packages.length === 0) return undefined;
  const known = await run("dpkg-query", ["--show", "--showformat=${db:Status-Status} ${Package}\n", ...packages]).catch(
    () => undefined,
  );
  if (known === undefined) return `not a Debian system, which ${packages.join(", ")} could be installed on`;
  const installed = known.stdout.split("\n");
  const missing = packages.filter((name) => !installed.includes(`installed ${name}`));
  if (missing.length === 0) return undefined;
  if (process.getuid?.() !== 0) return `install ${missing.join(", ")} first, or run as root`;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...missing]]) {
    const { code } = await run("apt-get", args, { env, echo: true });
    if (code !== 0) return `apt-get ${args.join(" ")} failed`;
  }
  return undefined;
}

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** @param {Counts} counts */
function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Sums the result lines of `cargo test`: one for each test binary and each crate's documentation.
 *
 * @param {string} stdout
 * @returns {Counts}
 */
export function countCargoTests(stdout) {
  const results = stdout.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm);
  return [...results]
    .map(([, passed, failed, skipped]) => ({
      passed: Number(passed),
      failed: Number(failed),
      skipped: Number(skipped),
    }))
    .reduce(add, { passed: 0, failed: 0, skipped: 0 });
}

/**
 * Sums the closing lines, `N passed, N failed`, of a script of this project.
 *
 * @param {string} stdout
 * @returns {Counts}
 */
export function countClosingLines(stdout) {
  const lines = stdout.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm);
  return [...lines]
    .map(([, passed, failed, skipped]) => ({
      passed: Number(passed),
      failed: Number(failed),
      skipped: Number(skipped ?? 0),
    }))
    .reduce(add, { passed: 0, failed: 0, skipped: 0 });
}
