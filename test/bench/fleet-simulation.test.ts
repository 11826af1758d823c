import { describe, expect, it } from "vitest";

import { simulateExecution } from "../../bench/fleet/simulation/execution.mjs";
import { limits } from "../../bench/fleet/simulation/limits.mjs";
import { simulateMap, type Conditions } from "../../bench/fleet/simulation/map.mjs";
import { seeded } from "../../bench/fleet/simulation/random.mjs";
import { Bucket, Schedule } from "../../bench/fleet/simulation/schedule.mjs";

/** The time that the simulation adds to each call: the result's PUT, and Step Functions around it. */
const AROUND = 0.13;

function conditions(changes: Partial<Conditions> = {}): Conditions {
  return { functions: 10, ratios: [1], coldStart: 0, failureRate: 0, random: seeded(1), ...changes };
}

function jobs(count: number, seconds: number): number[] {
  return Array.from({ length: count }, () => seconds);
}

describe("the map", () => {
  it("takes jobs in waves of as many as there are functions", () => {
    const run = simulateMap(jobs(30, 60), conditions());
    expect(run.seconds).toBeCloseTo(3 * (60 + AROUND));
    expect(run).toMatchObject({ calls: 30, transitions: 30, refused: 0, environments: 10, left: [] });
  });

  it("starts each environment once", () => {
    const run = simulateMap(jobs(30, 60), conditions({ coldStart: 5 }));
    expect(run.seconds).toBeCloseTo(5 + 3 * (60 + AROUND));
  });

  it("gives the same for the same seed, and no more than the slowest jobs make of it", () => {
    const noisy = () => simulateMap(jobs(100, 10), conditions({ ratios: [0.9, 1, 1.5], random: seeded(7) }));
    expect(noisy()).toEqual(noisy());
    expect(noisy().seconds).toBeGreaterThan(10 * 0.9 * 10);
    expect(noisy().seconds).toBeLessThan(11 * (15 + AROUND));
  });

  it("gains environments only as fast as Lambda adds them, while refused calls wait", () => {
    const many = { functions: 10_000 };
    const run = simulateMap(jobs(10_000, 30), conditions(many));
    expect(run.refused).toBeGreaterThan(9000);
    expect(run.environments).toBeLessThan(10_000);
    const free = simulateMap(jobs(10_000, 30), conditions({ ...many, environmentsAtOnce: Infinity }));
    expect(free).toMatchObject({ refused: 0, environments: 10_000, left: [] });
    expect(free.seconds).toBeLessThan(33);
    expect(run.seconds).toBeGreaterThan(1.5 * free.seconds);
  });

  it("gives up calls that are refused too often", () => {
    const run = simulateMap(jobs(10_000, 600), conditions({ functions: 10_000 }));
    expect(run.left.length).toBeGreaterThan(0);
    expect(run.calls + run.left.length).toBe(10_000);
  });

  it("tries a call that dies once more", () => {
    const run = simulateMap(jobs(1000, 10), conditions({ failureRate: 0.1 }));
    expect(run.calls).toBeGreaterThan(1050);
    expect(run.calls).toBeLessThan(1150);
    expect(run.left.length).toBeLessThan(30);
  });

  it("ends a call after Lambda's time-out", () => {
    const run = simulateMap([1000], conditions());
    expect(run.left).toEqual([1000]);
    expect(run.billed).toBe(2 * limits.functionSeconds);
  });
});

describe("an execution", () => {
  const request = { work: 6000, jobs: 100, check: 0.1, planSeconds: 0.5 };

  it("does a tenth twice, and what failed again", () => {
    const run = simulateExecution(request, conditions({ failureRate: 0.1 }));
    expect(run.items).toBeGreaterThan(100);
    expect(run.items).toBeLessThan(125);
    expect(run).toMatchObject({ broken: false });
    expect(run.rounds).toBeGreaterThanOrEqual(2);
  });

  it("costs what its functions cost, and little more", () => {
    const run = simulateExecution(request, conditions());
    const functions = ((run.billed * 1769) / 1024) * 0.0000166667;
    expect(run.usd).toBeGreaterThan(functions);
    expect(run.usd).toBeLessThan(1.1 * functions);
    expect(run.billed).toBeGreaterThan(60 * run.items);
  });

  it("fails when more jobs fail than are tolerated", () => {
    expect(simulateExecution(request, conditions({ failureRate: 0.6 }))).toMatchObject({ broken: true, rounds: 1 });
  });
});

describe("the parts of the simulation", () => {
  it("takes events in the order of their time", () => {
    const schedule = new Schedule<number>();
    const random = seeded(3);
    const times = Array.from({ length: 500 }, random);
    for (const time of times) schedule.add(time, time);
    expect(times.map(() => schedule.take()?.event)).toEqual([...times].sort((a, b) => a - b));
    expect(schedule.take()).toBeUndefined();
  });

  it("fills a bucket while it waits, up to its size", () => {
    const bucket = new Bucket(2, 10);
    expect([0, 0, 0, 0.1, 0.1, 5, 5, 5].map((time) => bucket.take(time))).toEqual([
      ...[true, true, false, true, false, true, true, false],
    ]);
    const other = new Bucket(1, 10);
    expect([0, 0, 0].map((time) => other.reserve(time))).toEqual([0, 0.1, 0.2]);
  });

  it("has numbers from 0 up to 1 that look random", () => {
    const random = seeded(1);
    const numbers = Array.from({ length: 10_000 }, random);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(numbers.reduce((sum, number) => sum + number, 0) / numbers.length).toBeCloseTo(0.5, 1);
  });
});
