// @ts-check
import { millionCalls, money, ways } from "../../../bench/lambda/prices.mjs";
import { rounded, table, whole } from "../markdown.mjs";

/**
 * The figures of the part of `npm run bench:lambda` that asks whether Rust pays.
 *
 * @param {any} paid `bench/lambda/pays.json`
 * @returns {Record<string, string>}
 */
export function paysFigures({ machine, date, others, rounds, prices, bytes, rows }) {
  /** @type {string[]} */
  const works = [...new Set(rows.map((/** @type {any} */ { work }) => work))];
  /** The rows of a work and a way, by memory. @param {string} work @param {string} way */
  const of = (work, way) => rows.filter((/** @type {any} */ row) => row.work === work && row.way === way);
  /** @param {string} work @param {string} way @param {number} memory */
  const at = (work, way, memory) => of(work, way).find((/** @type {any} */ row) => row.memory === memory);
  /** @param {string} work @param {string} way */
  const cheapest = (work, way) => Math.min(...of(work, way).map((/** @type {any} */ row) => millionCalls(row, prices)));
  /** Of processor time, which other programs change least. @param {string} work @param {string} slow @param {string} quick */
  const ratio = (work, slow, quick) => rounded(at(work, slow, 1769).processor / at(work, quick, 1769).processor);
  /** @param {string} way @param {number} memory */
  const later = (way, memory) =>
    `${rounded(at("little", way, memory).cold - at("little", "javascript", memory).cold)} ms`;
  const little = Object.keys(ways).map((way) => millionCalls(at("little", way, 128), prices));
  return {
    "pays-measured": `${machine}, ${date}, ${whole(rounds)} rounds; other programs took ${Math.round(100 * others)} % of its CPUs`,
    "pays-prices": `$${prices.gigabyteSecond.toFixed(10)} a GB-second and $${prices.call.toFixed(7)} a request, x86-64, ${prices.region}, ${prices.date}`,
    "pays-little": `${money(Math.min(...little))} to ${money(Math.max(...little))}`,
    "pays-same": ratio("spigot", "javascript", "native"),
    "pays-same-wasm": ratio("spigot", "wasm", "javascript"),
    "pays-wasm": ratio("much", "javascript", "wasm"),
    "pays-native": ratio("much", "wasm", "native"),
    "pays-much": ["javascript", "wasm", "native"].map((way) => money(cheapest("much", way))).join(", "),
    "pays-cold-wasm": later("wasm", 128),
    "pays-cold-native": later("native", 128),
    "pays-table": table(
      ["128 / 512 / 1,769 MB", "zip file", "cold start, ms", "median, ms", "99 %, ms", "peak, MB", "a million calls"],
      works.flatMap((work) => [
        [`**${heading(rows, work)}**`, "", "", "", "", "", ""],
        ...Object.entries(ways).map(([way, label]) => {
          const sizes = of(work, way);
          /** @param {(row: any) => string} cell */
          const cells = (cell) => sizes.map(cell).join(" / ");
          return [
            label,
            size(bytes[sizes[0].name]),
            cells(({ cold }) => milliseconds(cold)),
            cells(({ median }) => milliseconds(median)),
            cells(({ slow }) => milliseconds(slow)),
            cells(({ peak }) => String(peak)),
            cells((row) => money(millionCalls(row, prices))),
          ];
        }),
      ]),
    ),
  };
}

/** @param {any[]} rows @param {string} work */
function heading(rows, work) {
  const digits = whole(rows.find((row) => row.work === work).digits);
  return `${digits} digits, ${work === "spigot" ? "spigot" : "default engine's series"}`;
}

/** @param {number} bytes */
const size = (bytes) => (bytes < 1e6 ? `${rounded(bytes / 1000)} kB` : `${rounded(bytes / 1e6)} MB`);

/** @param {number} value */
const milliseconds = (value) => (value < 10 ? value.toFixed(1) : whole(Math.round(value)));
