// @ts-check
/**
 * Runs Node.js in valgrind while worker threads load the addon, call what it has, and end or are terminated. Counted is what
 * the addon does: an access to memory that it must not make, a jump on memory that nobody wrote, a block that it allocated and
 * lost; and what the tests of its allocator do, in a program of their own. Node.js itself loses some that it allocates for an addon (napi_create_external) or for calls of a terminated thread.
 *
 * usage: npm test -- --only valgrind
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";
import { run, runOrThrow, shown } from "@compute-pi-rs/steps";

const binary = join(root, "index.node");
const program = join(root, "test", "hard", "programs", "load-work-unload.mjs");

/**
 * @typedef {object} Finding
 * @property {string} kind as valgrind calls it
 * @property {string} what
 * @property {{ object: string, place: string }[]} frames the innermost first
 */

/**
 * @param {string} xml valgrind's report
 * @returns {Finding[]}
 */
function findings(xml) {
  return xml
    .split("<error>")
    .slice(1)
    .map((error) => {
      // Further stacks tell where the memory came from.
      const stack = error.slice(0, error.indexOf("</stack>"));
      const frames = stack
        .split("<frame>")
        .slice(1)
        .map((frame) => ({
          object: element(frame, "obj"),
          place: element(frame, "fn") || element(frame, "ip"),
        }));
      return { kind: element(error, "kind"), what: element(error, "what") || element(error, "text"), frames };
    });
}

/**
 * @param {string} xml
 * @param {string} name
 */
function element(xml, name) {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";
}

/** @param {Finding} finding */
function isReachable({ kind }) {
  // Threads that wait for work hold their stack by a pointer into it.
  return kind === "Leak_StillReachable" || kind === "Leak_PossiblyLost";
}

/** @param {Finding} finding */
function isOurs({ kind, frames }) {
  // The allocator's function is the innermost frame of a leak: its caller is who allocates.
  if (kind.startsWith("Leak_"))
    return frames.find(({ object }) => !/\/(vgpreload_|libc\.)/.test(object))?.object === binary;
  return frames.some(({ object }) => object === binary);
}

const cargo = ["test", "--locked", "--package", "addon-allocator", "--lib"];
const memcheck = "valgrind --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite";
await runOrThrow("cargo", cargo, {
  cwd: join(root, "crate"),
  env: { ...process.env, CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER: memcheck },
  ...shown,
});

const folder = mkdtempSync(join(tmpdir(), "compute-pi-rs-valgrind-"));
try {
  if (!existsSync(binary)) throw new Error("valgrind needs a build: npm run build");
  const report = join(folder, "report.xml");
  const flags = ["--error-limit=no", "--fair-sched=try", "--leak-check=full", "--show-leak-kinds=all"];
  // V8 writes code while it runs.
  const args = ["--smc-check=all-non-file", ...flags, "--xml=yes", `--xml-file=${report}`, process.execPath, program];
  const env = { ...process.env, COMPUTE_PI_RS_BINARY: binary };
  const result = await run("valgrind", args, { cwd: root, env, timeout: 15 * 60_000 });
  if (result.exitCode !== 0)
    throw new Error(`${result.signal ?? `exit code ${result.exitCode}`}\n${result.stdout}${result.stderr}`);

  const all = findings(readFileSync(report, "utf8"));
  const ours = all.filter(isOurs);
  const reachable = ours.filter(isReachable);
  const wrong = ours.filter((finding) => !isReachable(finding));
  for (const { kind, what, frames } of wrong)
    console.error([`${kind}: ${what}`, ...frames.map(({ place, object }) => `  ${place} in ${object}`)].join("\n"));
  // Memory that the addon keeps until the process ends shows that valgrind has watched it.
  if (reachable.length === 0) throw new Error("valgrind saw nothing of the addon");
  console.log(
    `${all.length} findings, ${reachable.length} of the addon's memory that is kept to the end, ${wrong.length} wrong`,
  );
  console.log(wrong.length === 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
