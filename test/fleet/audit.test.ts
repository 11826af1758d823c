import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { audit } from "../../examples/fleet-bullmq/audit.mjs";
import type { TermsResult } from "../../examples/fleet-bullmq/queues.mjs";

const COUNT = 16;

function result(from: number, worker: string, fraction: string): TermsResult {
  return { part: { version: 1, position: 1000, from, to: from + 1, fraction }, worker };
}

/** The truth about a range. */
const right = (from: number) => `A${from}`;

describe("audit", () => {
  it("believes workers whose results agree", () => {
    const results = [0, 1, 2].flatMap((from) => ["a", "b"].map((worker) => result(from, worker, right(from))));
    expect(audit(results, COUNT)).toMatchObject({ again: [], distrusted: [] });
    expect(audit(results, COUNT).parts.map(({ from }) => from)).toEqual([0, 1, 2]);
  });

  it("lets another worker check one range of a worker that nobody has checked", () => {
    const { again, parts } = audit([result(0, "a", right(0)), result(1, "a", right(1))], COUNT);
    expect(again).toHaveLength(1);
    expect(again[0]).toMatchObject({ job: { position: 1000, count: COUNT }, avoid: ["a"] });
    expect(parts).toEqual([]);
  });

  it("does not take a worker's own repetition for a check", () => {
    const results = [result(0, "a", right(0)), result(0, "a", right(0))];
    expect(audit(results, COUNT).again[0]).toMatchObject({ avoid: ["a"] });
    const alone = [...results, { ...result(0, "a", right(0)), alone: true }];
    expect(audit(alone, COUNT)).toMatchObject({ again: [], parts: [{ from: 0 }] });
  });

  it("asks a third worker where two disagree, and drops all that the outvoted one did", () => {
    const two = [result(0, "a", right(0)), result(0, "b", "wrong"), result(1, "b", "wrong too")];
    expect(audit(two, COUNT).again).toContainEqual({
      job: { position: 1000, count: COUNT, from: 0, to: 1 },
      avoid: ["a", "b"],
    });
    const { again, distrusted } = audit([...two, result(0, "c", right(0))], COUNT);
    expect(distrusted).toEqual(["b"]);
    expect(again.map(({ job, avoid }) => [job.from, avoid?.includes("b")])).toContainEqual([1, true]);
  });

  it("ends at the truth while liars are fewer than honest workers, whatever they say", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 3, max: 6 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        (ranges, honest, consistent, stream) => {
          const next = () => Number(stream.next().value);
          const workers = ["liar", ...Array.from({ length: honest }, (_, index) => `honest-${index}`)];
          const compute = (from: number, avoid: readonly string[] = []) => {
            const free = workers.filter((worker) => !avoid.includes(worker));
            const worker = free[next() % free.length] ?? "honest-0";
            const lie = consistent ? `lie ${from}` : `lie ${next()} ${next()}`;
            return { ...result(from, worker, worker === "liar" ? lie : right(from)), alone: avoid.includes(worker) };
          };
          const results = Array.from({ length: ranges }, (_, from) => compute(from));
          for (let round = 0; ; round += 1) {
            expect(round).toBeLessThan(10);
            const { again, parts, distrusted } = audit(results, COUNT);
            if (again.length === 0) {
              expect(parts.map(({ from }) => from).sort((a, b) => a - b)).toEqual([...Array(ranges).keys()]);
              expect(parts.every(({ from, fraction }) => fraction === right(from))).toBe(true);
              expect(distrusted.every((worker) => worker === "liar")).toBe(true);
              return;
            }
            results.push(...again.map(({ job, avoid }) => compute(job.from, avoid)));
          }
        },
      ),
    );
  });
});
