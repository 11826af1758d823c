// @ts-check
/**
 * Which parts to believe.
 *
 * A machine with bad memory gives a part that looks like any other, but the same job has the same bits wherever it is computed
 * well. So some ranges are computed twice, picked at random when the plan is made. Once any two copies differ, every range
 * needs two that agree, and more of them than of any other.
 */

/** @typedef {import("compute-pi-rs").HexJob} HexJob */
/** @typedef {import("compute-pi-rs").HexPart} HexPart */
/** @typedef {{ jobs: HexJob[], checked: number[] }} Plan the jobs, and the indices of those to compute twice */
/** @typedef {{ job: HexJob, copy: number }} Item a job to do, and which of its results that is */
/** @typedef {{ copy: number, part: HexPart }} Result */

/**
 * @param {Plan} plan
 * @param {readonly Result[]} results all that there are
 * @returns {{ items: Item[], parts: HexPart[], disputed: number }} what is still to be done, the parts that are
 *   believed, and the number of ranges whose copies differ
 */
exports.audit = function audit({ jobs, checked }, results) {
  const twice = new Set(checked);
  /** @type {Map<string, Result[]>} */
  const ranges = new Map();
  for (const job of jobs) ranges.set(range(job), []);
  for (const result of results) ranges.get(range(result.part))?.push(result);
  const counted = jobs.map((job, index) => ({ job, index, ...count(ranges.get(range(job)) ?? []) }));
  const disputed = counted.filter(({ opinions }) => opinions > 1).length;
  /** @type {Item[]} */
  const items = [];
  /** @type {HexPart[]} */
  const parts = [];
  for (const { job, index, copies, part, votes, lead } of counted) {
    const needed = disputed > 0 || twice.has(index) ? 2 : 1;
    if (part !== undefined && votes >= needed && lead > 0) {
      parts.push(part);
      continue;
    }
    let wanted = Math.max(1, needed - votes);
    for (let copy = 0; wanted > 0; copy += 1) {
      if (copies.has(copy)) continue;
      items.push({ job, copy });
      wanted -= 1;
    }
  }
  return { items, parts, disputed };
};

/** @param {{ from: number, to: number }} terms */
function range({ from, to }) {
  return `${from}-${to}`;
}

/**
 * The part that most copies of a range agree on, and by how many more than on the next one.
 *
 * @param {readonly Result[]} results
 */
function count(results) {
  /** @type {Map<string, { part: HexPart, votes: number }>} */
  const opinions = new Map();
  for (const { part } of results) {
    const key = JSON.stringify(part);
    const opinion = opinions.get(key) ?? { part, votes: 0 };
    opinion.votes += 1;
    opinions.set(key, opinion);
  }
  const [first, second] = [...opinions.values()].sort((a, b) => b.votes - a.votes);
  return {
    copies: new Set(results.map(({ copy }) => copy)),
    opinions: opinions.size,
    part: first?.part,
    votes: first?.votes ?? 0,
    lead: (first?.votes ?? 0) - (second?.votes ?? 0),
  };
}
