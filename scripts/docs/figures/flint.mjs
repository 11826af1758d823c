// @ts-check
import { table, time, whole } from "../markdown.mjs";

/**
 * The figures of the engine beside FLINT on a machine whose processor GMP knows, and where it runs its own assembly.
 *
 * @param {any} results `bench/peers/flint.json`
 * @returns {Record<string, string>}
 */
export function flintFigures({ processor, date, measurements }) {
  /** @param {string} peer @param {number} digits @param {number} threads */
  const find = (peer, digits, threads) =>
    measurements.find(
      (/** @type {any} */ row) => row.peer === peer && row.digits === digits && row.threads === threads,
    );
  const sizes = [...new Set(measurements.map((/** @type {any} */ { digits }) => digits))].sort((a, b) => a - b);
  const levels = [...new Set(measurements.map((/** @type {any} */ { peer }) => peer))].filter((peer) =>
    peer.startsWith("ours-"),
  );
  /** By the clock where threads share the work. @param {string} peer @param {number} digits @param {number} threads */
  const seconds = (peer, digits, threads) =>
    find(peer, digits, threads)?.[threads === 1 ? "processor_seconds" : "seconds"];
  /** @param {string} peer @param {number} threads */
  const row = (peer, threads) => [
    threads === 1 ? peer : `${peer}, ${threads} threads`,
    ...sizes.map((digits) => {
      const [own, others] = [seconds(peer, digits, threads), seconds("flint", digits, threads)];
      return own && others && (threads === 1 || digits >= 1e5) ? `${time(own)} (${(own / others).toFixed(2)})` : "–";
    }),
  ];
  const best = levels.filter((level) => level !== "ours-portable");
  /** From ten thousand digits on. @param {string[]} peers */
  const ratios = (peers) => {
    const known = sizes
      .filter((digits) => digits >= 1e4)
      .flatMap((digits) => peers.map((peer) => seconds(peer, digits, 1) / seconds("flint", digits, 1)))
      .filter(Number.isFinite);
    return `${Math.min(...known).toFixed(2)} to ${Math.max(...known).toFixed(2)}`;
  };
  const faster = sizes
    .filter((digits) => digits >= 1e6)
    .map((digits) => {
      const [one, two] = [find(best[0], digits, 1)?.seconds, find(best[0], digits, 2)?.seconds];
      return one && two ? (one / two).toFixed(2) : "–";
    });
  return {
    "flint-measured": `${processor}, ${date}`,
    "against-flint": ratios(best),
    "against-flint-portable": ratios(["ours-portable"]),
    "flint-times": table(
      ["", ...sizes.map(whole)],
      [1, 2].flatMap((threads) => best.map((peer) => row(peer, threads))),
    ),
    "flint-threads": faster.join(", "),
  };
}
