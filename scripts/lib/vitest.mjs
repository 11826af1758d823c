// @ts-check
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./paths.mjs";

/**
 * A step that runs vitest and counts its tests from its JSON report.
 *
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {import("./steps.mjs").Step}
 */
export function vitest(name, args) {
  const directory = mkdtempSync(join(tmpdir(), "compute-pi-rs-vitest-"));
  const report = join(directory, "report.json");
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  const runner = join(root, "node_modules", "vitest", "vitest.mjs");
  return {
    name,
    command: [
      process.execPath,
      runner,
      "run",
      ...args,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    count() {
      /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} */
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
        readFileSync(report, "utf8"),
      );
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    },
  };
}
