import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { type Check, eachChange, named, nightly } from "../../scripts/checks/list.mjs";
import { root } from "../../scripts/lib/paths.mjs";
import { nodeVersions } from "../../scripts/workflows/matrix.mjs";

interface Job {
  strategy?: { matrix: Record<string, string[]> };
  steps?: { run?: string; env?: Record<string, string> }[];
}

/** A check as a workflow runs it: where, and on which Node.js, when the job says so. */
interface Run {
  name: string;
  runner: string;
  node: string | undefined;
}

/** Every check that a workflow's jobs run by the script that runs them here. */
function runsOf(workflow: string): Run[] {
  const text = readFileSync(join(root, ".github", "workflows", workflow), "utf8");
  const { jobs } = parse(text) as { jobs: Record<string, Job> };
  return Object.values(jobs).flatMap(({ strategy, steps = [] }) => {
    const calls = steps.filter(({ run = "" }) => /\bnode scripts\/test\.mjs --only "\$CHECKS"$/.test(run));
    if (calls.length === 0) return [];
    expect(calls).toMatchObject([{ env: { CHECKS: "${{ matrix.checks }}" } }]);
    const { checks = [], runner = ["ubuntu-24.04"], node = [undefined] } = strategy?.matrix ?? {};
    return checks
      .flatMap((names) => names.split(","))
      .flatMap((name) => runner.flatMap((each) => node.map((version) => ({ name, runner: each, node: version }))));
  });
}

const x64 = "ubuntu-24.04";
const arm64 = "ubuntu-24.04-arm";

/** The runs that a check has to have. */
function wanted({ name, legs = "once" }: Check): Run[] {
  if (legs === "once") return [{ name, runner: x64, node: undefined }];
  if (legs === "processor") return [x64, arm64].map((runner) => ({ name, runner, node: undefined }));
  // Node.js 18 runs the package, but not what tests it.
  const versions = nodeVersions.filter((version) => version !== "18");
  return [x64, arm64].flatMap((runner) => versions.map((node) => ({ name, runner, node })));
}

const sorted = (runs: Run[]) => runs.map((run) => JSON.stringify(run)).sort();

describe("the lists of checks", () => {
  it("are run by GitHub on each change, each once on every leg that its result depends on", () => {
    expect(sorted(runsOf("ci.yml"))).toEqual(sorted(eachChange.flatMap(wanted)));
  });

  it("are run by GitHub at night", () => {
    expect(sorted(runsOf("nightly.yml"))).toEqual(sorted(nightly.flatMap(wanted)));
  });

  it("name each check once", () => {
    const names = [...eachChange, ...nightly].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("need nothing that is not there, and with each change no check of the night", () => {
    const names = (checks: readonly Check[]) => checks.map(({ name }) => name);
    for (const { needs = [] } of eachChange) expect(names(eachChange)).toEqual(expect.arrayContaining(needs));
    const all = names([...eachChange, ...nightly]);
    for (const { needs = [] } of nightly) expect(all).toEqual(expect.arrayContaining(needs));
  });

  it("are chosen by name, with all that is needed, in their order", () => {
    const chosen = named(["lambda", "start"]).map(({ name }) => name);
    expect(chosen).toEqual(["start", "build-binaries", "cross", "lambda"]);
    expect(() => named(["lamda"])).toThrow(/no check is named lamda; there are rustfmt, /);
  });
});
