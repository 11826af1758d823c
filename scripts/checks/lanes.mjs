// @ts-check
/**
 * Runs everything in three lanes at the same time, each in the given order, so that processors have something to do while
 * tests wait. The first two are busy: who has nothing left to do in its own takes the next of another. What idles for most of its
 * time runs beside them.
 *
 * @template {{ name: string, lane: "computes" | "waits" | "idles", needs?: readonly string[] }} Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<void>} run
 */
export async function runInLanes(items, run) {
  const waiting = [...items];
  const names = new Set(items.map(({ name }) => name));
  /** @type {Map<string, Promise<void>>} */
  const running = new Map();
  /** @type {Set<string>} */
  const done = new Set();

  /** @param {Item} item */
  const ready = ({ needs = [] }) => needs.every((name) => done.has(name) || !names.has(name));

  /** @param {Item["lane"]} lane */
  async function work(lane) {
    while (waiting.length > 0) {
      const able = waiting.filter(ready);
      const next = able.find((item) => item.lane === lane) ?? (lane === "idles" ? undefined : able[0]);
      if (next === undefined) {
        // The others do what is left of this lane when they have nothing else.
        if (lane === "idles" && (running.size === 0 || !waiting.some((item) => item.lane === lane))) return;
        if (running.size === 0) throw new Error(`each needs another: ${waiting.map(({ name }) => name).join(", ")}`);
        await Promise.race(running.values());
        continue;
      }
      waiting.splice(waiting.indexOf(next), 1);
      const end = run(next).finally(() => {
        running.delete(next.name);
        done.add(next.name);
      });
      running.set(next.name, end);
      await end;
    }
  }
  await Promise.all([work("computes"), work("waits"), work("idles")]);
}
