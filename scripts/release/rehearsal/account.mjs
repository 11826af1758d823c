// @ts-check
// The steps that ran, those that something stood in for, and those that did not run: three lists that are never mixed.
import { stripVTControlCharacters } from "node:util";

/** An action, in a step's place for its name. */
const action = /^(\.\/|[\w-]+\/[\w.-]+@)/;
const marker = /rehearsal: (stood in for|not run): (.*)/;

export class Account {
  #passed = 0;
  #failed = 0;
  /** @type {Map<string, number>} */
  #stoodIn = new Map();
  /** @type {Set<string>} */
  #notRun = new Set();
  /** The output of each running step, by leg and step. @type {Map<string, string[]>} */
  #printed = new Map();

  /** Failed steps of jobs that have not ended. @type {{ job: string, what: string, printed: string[] }[]} */
  #broken = [];

  /** @param {string} what @param {number} milliseconds @param {string} [detail] */
  pass(what, milliseconds, detail = "") {
    this.#passed += 1;
    console.log(`ok       ${what}${detail && `: ${detail}`} (${(milliseconds / 1000).toFixed(1)} s)`);
  }

  /** @param {string} what @param {string} why */
  fail(what, why) {
    this.#failed += 1;
    console.log(`FAILED   ${what}\n${why}`);
  }

  /** @param {string} what */
  standIn(what) {
    this.#stoodIn.set(what, (this.#stoodIn.get(what) ?? 0) + 1);
  }

  /** @param {string} what */
  notRun(what) {
    this.#notRun.add(what);
  }

  /**
   * One check of the rehearsal's own. Its result is shown, an exception is a failure, and the rehearsal goes on.
   *
   * @param {string} name
   * @param {() => Promise<string | void>} check
   * @returns {Promise<boolean>} whether it passed
   */
  async check(name, check) {
    const start = Date.now();
    try {
      const detail = (await check()) || "";
      this.pass(name, Date.now() - start, detail);
      return true;
    } catch (error) {
      this.fail(name, error instanceof Error ? String(error.stack) : String(error));
      return false;
    }
  }

  /**
   * Reads act's log, line by line.
   *
   * @param {import("./act.mjs").ActEvent} event
   */
  read(event) {
    const { job = "", step, stepID, stage, stepResult, jobID = "", matrix = {} } = event;
    if (event.jobResult) this.#tell(job);
    if (step === undefined || stepID === undefined) return;
    const key = [job, stage, ...stepID].join("\n");
    const printed = this.#printed.get(key) ?? [];
    if (event.raw_output) {
      printed.push(stripVTControlCharacters(event.msg ?? "").trimEnd());
      this.#printed.set(key, printed);
      return;
    }
    if (stepResult === undefined || stage !== "Main") return;
    const row = Object.values(matrix).join(", ");
    const leg = `${jobID}${row && ` (${row})`}`;
    const line = step.split("\n")[0] ?? "";
    if (stepResult === "failure") {
      // A composite action fails with one of its own steps.
      if (step.startsWith("./")) return;
      this.#broken.push({ job, what: `${leg}: ${line}`, printed });
      this.#printed.set(key, printed);
      return;
    }
    this.#printed.delete(key);
    if (action.test(step)) {
      if (!step.startsWith("./") && stepResult === "success") this.standIn(step.replace(/@.*/, ""));
      return;
    }
    const marks = printed.flatMap((text) => {
      const [, kind, what = ""] = marker.exec(text) ?? [];
      return kind === undefined ? [] : [{ kind, what }];
    });
    const absent = marks.filter(({ kind }) => kind === "not run");
    const others = marks.filter(({ kind }) => kind === "stood in for");
    if (stepResult === "skipped") return;
    if (absent.length > 0) for (const { what } of absent) this.notRun(`${leg}: ${what}`);
    else if (others.length > 0) for (const { what } of others) this.standIn(short(what));
    else this.pass(`${leg}: ${line}`, (event.executionTime ?? 0) / 1e6);
  }

  /** The failures of a job that has ended: what a step printed can come after its result. @param {string} job */
  #tell(job) {
    for (const { what, printed } of this.#broken.filter((each) => each.job === job)) {
      this.fail(what, printed.slice(-80).join("\n"));
    }
    this.#broken = this.#broken.filter((each) => each.job !== job);
  }

  /** Prints what was no run, and the closing line. @returns {boolean} whether nothing failed */
  close() {
    for (const { job } of this.#broken) this.#tell(job);
    console.log("\nStood in for, which says nothing about the real thing:");
    for (const [what, count] of [...this.#stoodIn].sort()) console.log(`  ${count} × ${what}`);
    console.log("\nNot run:");
    for (const what of [...this.#notRun].sort()) console.log(`  ${what}`);
    console.log(`\n${this.#passed} passed, ${this.#failed} failed, ${this.#notRun.size} skipped`);
    return this.#failed === 0;
  }
}

/** A program and its first words. @param {string} command */
function short(command) {
  return command.split(" ").slice(0, 3).join(" ");
}
