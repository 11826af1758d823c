import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { Item } from "../../examples/fleet-stepfunctions/audit.js";
import { BUCKET, Deployment } from "./deployment";
import type { End } from "./interpreter";
import type { Call, Fault } from "./invoke-api";
import { statements } from "./policies";

const POSITION = 10_000_000;
/** Published by F. Bellard. */
const DIGITS = "17AF5863EFED8D";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await Deployment.create();
});

afterAll(() => deployment.remove());

beforeEach(() => {
  deployment.api.calls.length = 0;
  deployment.api.fault = () => undefined;
});

const isJob = ({ name }: Call) => name === "Partial";
const jobs = () => deployment.api.calls.filter(isJob);
const itemOf = ({ event }: Call) => (event as { item: Item }).item;
const key = (call: Call) => JSON.stringify(itemOf(call));
const rounds = () => deployment.api.calls.filter(({ name }) => name === "Plan").length;

/** A process that is killed in the middle of its job. */
const killed: Fault = { instead: "Dying" };

const JOBS = 8;
const request = (run: string) => ({ run, position: POSITION, jobs: JOBS, check: 0, concurrency: 4 });

/** Checks that the digits are right and each range counts once. */
function expectDigits({ status, output, error, cause }: End) {
  expect({ status, error, cause }).toEqual({ status: "SUCCEEDED", error: null, cause: null });
  const sum = output as { position: number; digits: string; parts: number; results: number; disputed: number };
  expect(sum).toMatchObject({ position: POSITION, parts: JOBS });
  expect(sum.digits.slice(0, DIGITS.length)).toBe(DIGITS);
  return sum;
}

describe("the state machine", () => {
  it("computes the digits", async () => {
    const end = await deployment.machine.execute(request("plain"));
    expect(expectDigits(end)).toMatchObject({ results: JOBS, disputed: 0 });
    expect(end.maps).toEqual([{ total: JOBS, succeeded: JOBS, failed: 0 }]);
    expect(jobs()).toHaveLength(JOBS);
  });

  it("stands calls that are refused, die in the middle or come twice", async () => {
    const faults: Fault[] = ["throttle", killed, "twice"];
    const unlucky: string[] = [];
    deployment.api.fault = (call) => {
      if (!isJob(call) || unlucky.length === faults.length || unlucky.includes(key(call))) return undefined;
      return faults[unlucky.push(key(call)) - 1];
    };
    const end = await deployment.machine.execute(request("faults"));
    expect(expectDigits(end).results).toBe(JOBS);
    expect(end.maps).toEqual([{ total: JOBS, succeeded: JOBS, failed: 0 }]);
    // The first two were tried again.
    expect(jobs()).toHaveLength(JOBS + 2);
  });

  it("tolerates a job that fails for good, and gives it to the next round", async () => {
    let unlucky: string | undefined;
    deployment.api.fault = (call) => {
      if (!isJob(call)) return undefined;
      unlucky ??= key(call);
      return key(call) === unlucky && rounds() === 1 ? killed : undefined;
    };
    const end = await deployment.machine.execute(request("rounds"));
    expectDigits(end);
    expect(end.maps).toEqual([
      { total: JOBS, succeeded: JOBS - 1, failed: 1 },
      { total: 1, succeeded: 1, failed: 0 },
    ]);
    expect(rounds()).toBe(3);
  });

  describe("when more jobs fail than are tolerated", () => {
    /** Two jobs are done, all others die. */
    async function failingRun(run: string) {
      const spared = new Set<string>();
      deployment.api.fault = (call) => {
        if (!isJob(call)) return undefined;
        if (spared.size < 2) spared.add(key(call));
        return spared.has(key(call)) ? undefined : killed;
      };
      const end = await deployment.machine.execute(request(run));
      expect(end).toMatchObject({ status: "FAILED", error: "States.ExceedToleratedFailureThreshold" });
      expect(end.maps).toEqual([{ total: JOBS, succeeded: 2, failed: JOBS - 2 }]);
      deployment.api.calls.length = 0;
      deployment.api.fault = () => undefined;
    }

    it("goes on at the map when it is redriven", async () => {
      await failingRun("redriven");
      const end = await deployment.machine.redrive();
      expect(end.startAt).toBe("Sum");
      expect(expectDigits(end).results).toBe(JOBS);
    });

    it("does what is missing when another execution takes up the run", async () => {
      await failingRun("resumed");
      const end = await deployment.machine.execute(request("resumed"));
      expectDigits(end);
      expect(end.maps).toEqual([{ total: JOBS - 2, succeeded: JOBS - 2, failed: 0 }]);
      expect(jobs()).toHaveLength(JOBS - 2);
    });
  });

  it("finds out garbage in a range that is computed twice, and has a third result decide", async () => {
    let lies = 0;
    deployment.api.fault = (call) => {
      if (!isJob(call) || itemOf(call).copy !== 0 || itemOf(call).job.from > 0) return undefined;
      lies += 1;
      return { instead: "Garbage" };
    };
    const end = await deployment.machine.execute({ ...request("garbage"), check: 1 });
    expect(expectDigits(end)).toMatchObject({ results: 2 * JOBS + 1, disputed: 1 });
    expect(lies).toBe(1);
    expect(end.maps).toEqual([
      { total: 2 * JOBS, succeeded: 2 * JOBS, failed: 0 },
      { total: 1, succeeded: 1, failed: 0 },
    ]);
  });

  it("gets the same results from both architectures", async () => {
    deployment.api.fault = (call) => (isJob(call) && itemOf(call).copy === 1 ? { instead: "Arm" } : undefined);
    // Little work: the other architecture may be emulated.
    const small = { position: 1_000_000, jobs: 2 };
    const { status, output } = await deployment.machine.execute({ ...request("architectures"), ...small, check: 1 });
    expect(status).toBe("SUCCEEDED");
    expect(output).toMatchObject({ position: 1_000_000, parts: 2, results: 4, disputed: 0 });
    expect((output as { digits: string }).digits).toMatch(/^26C65E52CB4593/);
  });

  it("gives up on a job that fails in every round", async () => {
    deployment.api.fault = (call) => (isJob(call) && itemOf(call).job.from === 0 ? killed : undefined);
    const end = await deployment.machine.execute(request("poisoned"));
    expect(end).toMatchObject({ status: "FAILED", error: "States.ExceedToleratedFailureThreshold" });
    const once = { total: 1, succeeded: 0, failed: 1 };
    expect(end.maps).toEqual([{ total: JOBS, succeeded: JOBS - 1, failed: 1 }, once, once, once]);
  });

  it("gives up on results that never agree", async () => {
    deployment.api.fault = (call) => (isJob(call) ? { instead: "Garbage" } : undefined);
    const end = await deployment.machine.execute({ ...request("nonsense"), jobs: 1, check: 1 });
    expect(end.status).toBe("FAILED");
    expect(end.cause).toContain("run nonsense: results still differ after 8 rounds");
  });

  it("refuses to go on with a run for other digits", async () => {
    expectDigits(await deployment.machine.execute(request("taken")));
    const end = await deployment.machine.execute({ ...request("taken"), position: 1000 });
    expect(end.status).toBe("FAILED");
    expect(end.cause).toContain(`run taken is for other digits: position ${POSITION}, count 16`);
  });

  it("asks S3 for what the template's policies allow, and the functions for all of it", async () => {
    expectDigits(await deployment.machine.execute(request("policies")));
    const rules = Object.fromEntries(
      ["Plan", "Partial", "Combine", "Digits"].map((name) => [name, statements(name, BUCKET)]),
    );
    // moto's interpreter, which is the state machine, has a name of its own.
    const own = deployment.s3.accesses
      .filter(({ who }) => who !== "sam")
      .map((access) => ({ ...access, who: access.who in rules ? access.who : "Digits" }));
    expect(own.filter((access) => rules[access.who]?.every((rule) => !rule.allows(access)))).toEqual([]);
    const unused = Object.entries(rules).flatMap(([name, each]) =>
      each.filter((rule) => !own.some((access) => access.who === name && rule.allows(access))).map(({ text }) => text),
    );
    // moto does not write a map's results.
    expect(unused.filter((text) => !text.endsWith(`${BUCKET}/maps/*`))).toEqual([]);
  });
});
