// @ts-check
import { table, whole } from "../markdown.mjs";

/** @typedef {{ name: string, reached: number | undefined, must: number, aim: number, unit: string, most: boolean }} Goal */

/**
 * The figures of `node bench/wasm/run.mjs`.
 *
 * @param {any} results `bench/wasm/results.json`
 * @returns {Record<string, string>}
 */
export function wasmFigures({ machine, node, date, rounds, digits, milliseconds, first, bytesADigit }) {
  const { native, relaxed, plain, bigint, gmp } = milliseconds;
  /** @type {(part: number | undefined, whole: number | undefined) => number | undefined} */
  const ratio = (part, whole) => (part === undefined || whole === undefined ? undefined : part / whole);
  const most = true;
  /** @type {Goal[]} */
  const goals = [
    {
      name: "WebAssembly with relaxed SIMD / native AVX2",
      reached: ratio(relaxed, native),
      must: 2.2,
      aim: 1.8,
      unit: "",
      most,
    },
    { name: "WebAssembly without / native AVX2", reached: ratio(plain, native), must: 4.5, aim: 3.5, unit: "", most },
    {
      name: "V8's BigInt / WebAssembly with relaxed SIMD",
      reached: ratio(bigint, relaxed),
      must: 10,
      aim: 14,
      unit: "",
      most: false,
    },
    {
      name: "V8's BigInt / WebAssembly without",
      reached: ratio(bigint, plain),
      must: 5,
      aim: 7,
      unit: "",
      most: false,
    },
    {
      name: "gmp-wasm / WebAssembly with relaxed SIMD",
      reached: ratio(gmp, relaxed),
      must: 10,
      aim: 15,
      unit: "",
      most: false,
    },
    {
      name: "first call of 1,000 digits, the main thread's processor time",
      reached: first.mainThread,
      must: 15,
      aim: 8,
      unit: " ms",
      most,
    },
    {
      name: "memory of the module a digit, 1,000,000",
      reached: bytesADigit[1_000_000],
      must: 10,
      aim: 10,
      unit: " bytes",
      most,
    },
    {
      name: "memory of the module a digit, 10,000,000",
      reached: bytesADigit[10_000_000],
      must: 10,
      aim: 10,
      unit: " bytes",
      most,
    },
  ];
  const rows = goals.map(({ name, reached, must, aim, unit, most }) => {
    const met = reached === undefined ? "–" : (most ? reached <= must : reached >= must) ? "yes" : "no";
    const told = reached === undefined ? "–" : `${reached.toPrecision(reached < 1 ? 2 : 3)}${unit}`;
    return [name, told, `${must}${unit}`, `${aim}${unit}`, met];
  });
  const times = Object.entries({ native, relaxed, plain, bigint, gmp })
    .filter(([, time]) => time !== undefined)
    .map(([name, time]) => `${name} ${whole(Math.round(Number(time)))}`)
    .join(", ");
  return {
    "wasm-measured": `${machine}, Node.js ${node.slice(1)}, ${date}, the least of ${rounds} rounds of ${whole(digits)} digits`,
    "wasm-times": times,
    "wasm-goals": table(["", "reached", "must", "aim", "reached it"], rows),
  };
}
