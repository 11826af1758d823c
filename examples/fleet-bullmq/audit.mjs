// @ts-check
/**
 * Which results to believe.
 *
 * A worker with bad memory or bad intent gives a part that looks like any other. Two workers that compute the same range must give
 * the same bits, so some ranges are computed twice, and each worker has at least one of its results checked by another.
 * Where two differ, a third decides; who is outvoted loses all of its results.
 */

/** @typedef {import("./queues.mjs").TermsData} TermsData */
/** @typedef {import("./queues.mjs").TermsResult} TermsResult */

/**
 * @typedef {object} Verdict
 * @property {TermsData[]} again ranges that another worker has to compute before the sum can be believed
 * @property {import("./queues.mjs").HexPart[]} parts one for each range, when nothing is left to do again
 * @property {string[]} distrusted
 */

/**
 * @param {readonly TermsResult[]} results all that came, repetitions included
 * @param {number} count of the digits, which a job says and a part does not
 * @returns {Verdict}
 */
export function audit(results, count) {
  const ranges = [...groupBy(results, ({ part }) => `${part.from}-${part.to}`).values()];
  const distrusted = new Set(ranges.flatMap(outvoted));
  /** @type {TermsData[]} */
  const again = [];
  const parts = [];
  const checked = new Set(distrusted);
  for (const range of ranges) {
    const workers = new Set(range.map(({ worker }) => worker));
    const believed = range.filter(({ worker }) => !distrusted.has(worker));
    const agree = new Set(believed.map(({ part }) => part.fraction)).size === 1;
    const independent = workers.size > 1 || range.some(({ alone }) => alone);
    const [first] = believed;
    if (first === undefined || !agree) {
      again.push(anew(range, count, [...workers, ...distrusted]));
    } else if (range.length > 1 && !independent) {
      again.push(anew(range, count, [...workers]));
    } else {
      parts.push(first.part);
    }
    if (range.length > 1) for (const worker of workers) checked.add(worker);
  }
  const unchecked = groupBy(results, ({ worker }) => worker);
  for (const worker of checked) unchecked.delete(worker);
  for (const [worker, own] of unchecked) {
    const any = own[Math.floor(Math.random() * own.length)];
    if (any) again.push(anew([any], count, [worker]));
  }
  return { again, parts: again.length > 0 ? [] : parts, distrusted: [...distrusted].sort() };
}

/**
 * The workers of a range whose result differs from the one that most others agree on.
 *
 * @param {readonly TermsResult[]} range
 */
function outvoted(range) {
  const votes = [...groupBy(range, ({ part }) => part.fraction).values()]
    .map((same) => new Set(same.map(({ worker }) => worker)))
    .sort((a, b) => b.size - a.size);
  const [most, next] = votes;
  if (most === undefined || next === undefined || most.size < 2 || most.size === next.size) return [];
  return votes.slice(1).flatMap((workers) => [...workers]);
}

/**
 * @param {readonly TermsResult[]} range
 * @param {number} count
 * @param {string[]} avoid
 * @returns {TermsData}
 */
function anew([first], count, avoid) {
  if (first === undefined) throw new Error("a range has a result");
  const { position, from, to } = first.part;
  return { job: { position, count, from, to }, avoid: [...new Set(avoid)] };
}

/**
 * @template T
 * @param {Iterable<T>} items
 * @param {(item: T) => string} key
 */
function groupBy(items, key) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
