// @ts-check
/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} reasons a line for what was skipped: its name, or why
 */

/** @returns {Counts} */
export const nothing = () => ({ passed: 0, failed: 0, skipped: 0, reasons: [] });

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    reasons: [...a.reasons, ...b.reasons],
  };
}

/** @param {Counts} counts */
export function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * How tests are counted from what a command prints, by the name that a check gives.
 *
 * @type {Record<"cargo" | "closing line", (stdout: string) => Counts>}
 */
export const counters = {
  /** The result lines of `cargo test`: one for each test program and each crate's documentation. */
  cargo: (stdout) => ({
    ...sum(stdout, /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm),
    reasons: Array.from(stdout.matchAll(/^test (\S+)(?: - .*)? \.\.\. ignored(?:, (.*))?$/gm), ([, name, why]) =>
      why === undefined ? `${name}` : `${name}, ${why}`,
    ),
  }),
  /** The closing lines, `N passed, N failed`, of a script of this project, and its lines `skipped: …`. */
  "closing line": (stdout) => ({
    ...sum(stdout, /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm),
    reasons: Array.from(stdout.matchAll(/^skipped: (.*)$/gm), ([, why]) => `${why}`),
  }),
};

/**
 * @param {string} stdout
 * @param {RegExp} pattern with the numbers of passed, failed and skipped tests as its groups
 * @returns {Counts}
 */
function sum(stdout, pattern) {
  return Array.from(stdout.matchAll(pattern), ([, passed, failed, skipped]) => ({
    passed: Number(passed),
    failed: Number(failed),
    skipped: Number(skipped ?? 0),
    reasons: [],
  })).reduce(add, nothing());
}

/**
 * The tests of vitest's JSON report.
 *
 * @param {string} json
 * @returns {Counts}
 */
export function countVitest(json) {
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { assertionResults: { status: string, fullName: string }[] }[] }} */
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(json);
  const reasons = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== "passed" && status !== "failed")
    .map(({ fullName }) => fullName.trim());
  return { passed: numPassedTests, failed: numFailedTests, skipped: reasons.length, reasons };
}
