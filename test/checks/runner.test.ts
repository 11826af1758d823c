import { spawnSync } from "node:child_process";

import { describe, expect, it } from "vitest";

import { counters, countVitest, nothing } from "../../scripts/checks/counts.mjs";
import { runInLanes } from "../../scripts/checks/lanes.mjs";
import type { Check } from "../../scripts/checks/list.mjs";
import { closingReport } from "../../scripts/checks/report.mjs";
import { childrenTime, runCheck } from "../../scripts/checks/run-check.mjs";

describe("lanes", () => {
  /** Runs named items that each take a number of turns, and gives what began and ended, in order. */
  async function trace(items: (Pick<Check, "name" | "lane" | "needs"> & { turns: number })[]) {
    const events: string[] = [];
    await runInLanes(items, async ({ name, turns }) => {
      events.push(`+${name}`);
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      events.push(`-${name}`);
    });
    return events.join(" ");
  }

  it("run one of each at a time", async () => {
    const events = await trace([
      { name: "a", lane: "computes", turns: 5 },
      { name: "b", lane: "computes", turns: 5 },
      { name: "c", lane: "waits", turns: 7 },
      { name: "d", lane: "waits", turns: 7 },
    ]);
    expect(events).toBe("+a +c -a +b -c +d -b -d");
  });

  it("help each other when one has nothing to do", async () => {
    const events = await trace([
      { name: "a", lane: "computes", turns: 5 },
      { name: "b", lane: "computes", turns: 5 },
    ]);
    expect(events).toBe("+a +b -a -b");
  });

  it("keep what needs another waiting, and do something else", async () => {
    const events = await trace([
      { name: "build", lane: "computes", turns: 9 },
      { name: "use", lane: "waits", needs: ["build"], turns: 1 },
      { name: "other", lane: "waits", turns: 2 },
    ]);
    expect(events).toBe("+build +other -other -build +use -use");
  });

  it("let what idles run beside both, and at the end in their place", async () => {
    const events = await trace([
      { name: "a", lane: "computes", turns: 5 },
      { name: "b", lane: "waits", turns: 7 },
      { name: "c", lane: "idles", turns: 9 },
      { name: "d", lane: "idles", needs: ["b"], turns: 1 },
      { name: "e", lane: "idles", needs: ["d"], turns: 1 },
    ]);
    expect(events).toBe("+a +b +c -a -b +d -d +e -e -c");
  });

  it("say which items need each other", async () => {
    await expect(
      trace([
        { name: "a", lane: "computes", needs: ["b"], turns: 1 },
        { name: "b", lane: "waits", needs: ["a"], turns: 1 },
      ]),
    ).rejects.toThrow("each needs another: a, b");
  });
});

describe("a check", () => {
  const check = (script: string, others: Partial<Check> = {}): Check => ({
    name: "check",
    run: ["sh", "-c", script],
    lane: "computes",
    ...others,
  });

  it("counts as one, by its exit code", async () => {
    expect((await runCheck(check("true"))).counts).toMatchObject({ passed: 1, failed: 0 });
    expect((await runCheck(check("exit 3"))).counts).toMatchObject({ passed: 0, failed: 1 });
  });

  it("that counts nothing, or fails after it has counted, has failed", async () => {
    expect((await runCheck(check("true", { count: "cargo" }))).counts.failed).toBe(1);
    const crashed = check("echo '3 passed, 0 failed'; exit 1", { count: "closing line" });
    expect((await runCheck(crashed)).counts).toMatchObject({ passed: 3, failed: 1 });
  });

  it("whose program is missing has failed, and says so", async () => {
    const outcome = await runCheck({ name: "check", run: ["no-such-program-here"], lane: "waits" });
    expect(outcome.counts.failed).toBe(1);
    expect(outcome.output).toContain("no-such-program-here");
  });

  it("ends with all that it has started when its time is out", async () => {
    const outcome = await runCheck(check("sleep 3600 & echo $!; wait", { minutes: 1 / 120 }));
    expect(outcome.counts.failed).toBe(1);
    expect(outcome.output).toContain("ended after");
    const pid = Number(/^\d+/.exec(outcome.output)?.[0]);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("ends with all that it has left behind", async () => {
    const { output, counts } = await runCheck(check("sleep 3600 & echo $!"));
    expect(counts.passed).toBe(1);
    await expect.poll(() => isAlive(Number(output))).toBe(false);
  });

  it("tells how much processor time it took", async () => {
    const { processor } = await runCheck(check("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"));
    expect(processor).toBeGreaterThan(0);
    expect(childrenTime("0m0.01s 0m0.02s\n1m2.50s 0m0.25s\n")).toBe(62.75);
    expect(childrenTime("")).toBeUndefined();
  });
});

describe("tests are counted", () => {
  it("of cargo, with the names of those that were ignored", () => {
    const stdout =
      "test a::b ... ok\ntest c ... ignored, takes minutes\ntest src/lib.rs - d (line 3) ... ignored\n" +
      "test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n" +
      "test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out\n";
    const reasons = ["c, takes minutes", "src/lib.rs"];
    expect(counters.cargo(stdout)).toEqual({ passed: 3, failed: 1, skipped: 2, reasons });
  });

  it("of a script, with the reasons why some were skipped", () => {
    const stdout = "ok one\nskipped: two: no network\n1 passed, 0 failed, 1 skipped\n";
    const reasons = ["two: no network"];
    expect(counters["closing line"](stdout)).toEqual({ passed: 1, failed: 0, skipped: 1, reasons });
  });

  it("of vitest, with the names of those that were skipped", () => {
    const tests = ["passed", "failed", "skipped", "todo"].map((status) => ({ status, fullName: `is ${status}` }));
    const report = { numPassedTests: 1, numFailedTests: 1, testResults: [{ assertionResults: tests }] };
    const reasons = ["is skipped", "is todo"];
    expect(countVitest(JSON.stringify(report))).toEqual({ passed: 1, failed: 1, skipped: 2, reasons });
  });
});

describe("the report", () => {
  const row = (name: string, seconds: number, counts: Partial<ReturnType<typeof nothing>>, output = "") => ({
    name,
    seconds,
    processor: seconds / 2,
    output,
    counts: { ...nothing(), ...counts },
  });
  const lines = closingReport(
    [
      row("quick", 1, { passed: 2, skipped: 1, reasons: ["no network"] }),
      row("slow", 100, { passed: 1, failed: 1 }, "fine\nassertion FAILED here\n"),
    ],
    101,
  ).split("\n");

  it("ends with the closing line, and what was skipped before it", () => {
    expect(lines.slice(-3)).toEqual(["skipped in quick: no network", "", "3 passed, 1 failed, 1 skipped"]);
  });

  it("shows what failed, and what each check took, the slowest first", () => {
    expect(lines.slice(0, 2)).toEqual(["── slow failed:", "assertion FAILED here"]);
    const table = lines.filter((line) => / s +[\d.]+ s/.test(line)).map((line) => line.split(/ +/)[0]);
    expect(table).toEqual(["slow", "quick", "in"]);
  });
});

/** Whether a process runs; one that has ended may wait for its parent to look. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
}
