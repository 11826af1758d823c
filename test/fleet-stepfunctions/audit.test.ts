import { createRequire } from "node:module";
import { join } from "node:path";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { audit as Audit, Item, Result } from "../../examples/fleet-stepfunctions/audit.js";
import { example } from "./tools";

// As Lambda loads it.
const { audit } = createRequire(import.meta.url)(join(example, "audit.js")) as { audit: typeof Audit };

const POSITION = 1000;
const right = (from: number) => `right-${from}`;

function plan(ranges: number, checked: number[] = []) {
  const jobs = Array.from({ length: ranges }, (_, from) => ({ position: POSITION, count: 16, from, to: from + 1 }));
  return { jobs, checked };
}

function result({ job, copy }: Item, fraction = right(job.from)): Result {
  return { copy, part: { version: 1, position: POSITION, from: job.from, to: job.to, fraction } };
}

describe("the audit", () => {
  it("asks for each range once, and twice for those that are checked", () => {
    const { items } = audit(plan(3, [1]), []);
    expect(items.map(({ job, copy }) => `${job.from}/${copy}`)).toEqual(["0/0", "1/0", "1/1", "2/0"]);
    const { items: none, parts } = audit(
      plan(3, [1]),
      items.map((item) => result(item)),
    );
    expect(none).toEqual([]);
    expect(parts.map(({ from }) => from)).toEqual([0, 1, 2]);
  });

  it("asks for what is missing, and for no copy that is there", () => {
    const all = plan(2, [0, 1]);
    const [first, , , fourth] = audit(all, []).items;
    const { items } = audit(
      all,
      [first, fourth].flatMap((item) => (item ? [result(item)] : [])),
    );
    expect(items.map(({ job, copy }) => `${job.from}/${copy}`)).toEqual(["0/1", "1/0"]);
  });

  it("wants two copies of every range that agree, once two of any differ", () => {
    const all = plan(2, [0]);
    const { items } = audit(all, []);
    const { items: more, disputed } = audit(
      all,
      items.map((item, index) => result(item, index === 1 ? "wrong" : undefined)),
    );
    expect(disputed).toBe(1);
    expect(more.map(({ job, copy }) => `${job.from}/${copy}`)).toEqual(["0/2", "1/1"]);
  });

  it("believes nothing wrong when everything is checked and no two wrong parts are the same", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.infiniteStream(fc.nat({ max: 99 })), (ranges, stream) => {
        const all = plan(ranges, [...Array(ranges).keys()]);
        const results: Result[] = [];
        let lies = 0;
        for (let round = 0; ; round += 1) {
          const { items, parts } = audit(all, results);
          if (items.length === 0) {
            expect(parts.map(({ fraction }) => fraction)).toEqual(all.jobs.map(({ from }) => right(from)));
            return;
          }
          for (const item of items) {
            // Some fail, a third lies for a while, and the copies of a range have numbers of their own.
            const chance = Number(stream.next().value);
            if (chance < 10) continue;
            const lie = chance < 40 && round < 5;
            results.push(result(item, lie ? `wrong-${(lies += 1)}` : undefined));
          }
          const copies = results.map(({ part, copy }) => `${part.from}/${copy}`);
          expect(new Set(copies).size).toBe(copies.length);
        }
      }),
    );
  });
});
