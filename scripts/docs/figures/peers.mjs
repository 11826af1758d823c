// @ts-check
import { rounded, table, time, whole } from "../markdown.mjs";

/**
 * The figures of `crate/peers`, which measures the engine beside others.
 *
 * @param {any} results `bench/peers/results.json`
 * @returns {Record<string, string>}
 */
export function peersFigures({ processor, date, measurements }) {
  /** @param {string} peer @param {number} digits @param {number} [threads] */
  const find = (peer, digits, threads = 1) =>
    measurements.find(
      (/** @type {any} */ row) => row.peer === peer && row.digits === digits && row.threads === threads,
    );
  /** @param {string} peer @param {number} digits */
  const seconds = (peer, digits) => find(peer, digits)?.processor_seconds;
  /** @type {string[]} */
  const order = ["ours-avx512ifma", "ours-avx512", "ours-avx2", "ours-portable", "flint", "malachite", "gmp"];
  const measured = [...new Set(measurements.map((/** @type {any} */ { peer }) => peer))];
  const peers = [...order, ...measured.filter((peer) => !order.includes(peer) && peer !== "spigot"), "spigot"];
  const sizes = [...new Set(measurements.map((/** @type {any} */ { digits }) => digits))].sort((a, b) => a - b);
  const large = sizes.filter((digits) => digits >= 1e6);

  /** @param {string} peer @param {number} digits */
  const beside = (peer, digits) => {
    const own = seconds(peer, digits);
    if (own === undefined) return "–";
    const ratio = own / seconds("flint", digits);
    return `${time(own)} (${ratio < 10 ? ratio.toFixed(2) : ratio.toPrecision(3)})`;
  };
  const twice = peers.filter((peer) => find(peer, 1e6, 2) !== undefined);
  /** @param {string} peer @param {number} digits @param {number} threads */
  const memory = (peer, digits, threads) => {
    const bytes = find(peer, digits, threads)?.peak_bytes;
    return bytes === undefined || bytes === null ? "–" : (bytes / digits).toFixed(1);
  };
  /** @param {number} threads of a fresh process */
  const memories = (threads) =>
    table(
      [threads === 1 ? "bytes a digit" : "on two threads", ...large.map(whole)],
      peers
        .map((peer) => [peer, ...large.map((digits) => memory(peer, digits, threads))])
        .filter(([, ...cells]) => cells.some((cell) => cell !== "–")),
    );
  return {
    "peers-measured": `${processor}, ${date}`,
    "million-digits": `${rounded(1000 * seconds("ours-avx512ifma", 1e6))} ms`,
    "million-digits-avx2": `${rounded(1000 * seconds("ours-avx2", 1e6))} ms`,
    "peers-times": table(
      ["", ...sizes.map(whole)],
      peers.map((peer) => [peer, ...sizes.map((digits) => beside(peer, digits))]),
    ),
    "peers-threads": table(
      ["times as fast", ...large.map(whole)],
      twice.map((peer) => [
        peer,
        ...large.map((digits) => {
          const [one, two] = [find(peer, digits)?.seconds, find(peer, digits, 2)?.seconds];
          return one && two ? (one / two).toFixed(2) : "–";
        }),
      ]),
    ),
    "peers-memory": memories(1),
    "peers-memory-threads": memories(2),
    "decimals-here": table(
      ["digits", "one thread", "two threads", "processor time of two"],
      [1e7, 1e8].map((digits) => {
        const [one, two] = [find("ours-avx512ifma", digits), find("ours-avx512ifma", digits, 2)];
        return [whole(digits), time(one.seconds), time(two.seconds), time(two.processor_seconds)];
      }),
    ),
  };
}
