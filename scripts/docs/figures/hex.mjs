// @ts-check
import { power } from "../../../bench/fleet/charts/units.mjs";
import { table, time } from "../markdown.mjs";

/** The rows: ours by their instruction sets, the others by the names that the command was given. */
const rows = [
  { name: "avx512", text: "AVX-512" },
  { name: "avx2", text: "AVX2" },
  { name: "neon", text: "NEON" },
  { name: "portable", text: "portable: Montgomery's reduction, 64 bits" },
  { name: "plain loop", text: "plain loop over 64-bit integers with `%`: Bellard's formula" },
  {
    name: "Pi-BBP",
    text: "[Pi-BBP](https://github.com/flavio-munis/Pi-BBP): Bellard's formula, Barrett's reduction, 64 bits",
  },
  { name: "pihex", text: "[pihex](https://github.com/itchyny/pihex): Bellard's formula; its time for 4 digits" },
  {
    name: "pidigits",
    text: "[pidigits](https://github.com/0xAC1DBA5E/pidigits): Bailey, Borwein and Plouffe's formula, doubles",
  },
  { name: "piqpr8", text: "[piqpr8](https://github.com/philipl/pifs), D. H. Bailey's program: doubles" },
  {
    name: "bbp-pi-parallel",
    text: "[bbp-pi-parallel](https://github.com/JMadgwick/bbp-pi-parallel): doubles",
  },
];

/**
 * The figures of `crate/peers/src/bin/hex.rs`, which measures hexadecimal digits beside other programs.
 *
 * @param {any} results `bench/peers/hex.json`
 * @returns {Record<string, string>}
 */
export function hexFigures({ processor, date, rounds, measurements }) {
  /** @param {string} name @param {number} position */
  const seconds = (name, position) =>
    measurements.find((/** @type {any} */ row) => row.name === name && row.position === position)?.processor_seconds;
  /** @type {number[]} */
  const positions = [...new Set(measurements.map((/** @type {any} */ { position }) => position))];
  const farthest = Math.max(...positions);
  const measured = rows.filter(({ name }) => seconds(name, farthest) !== undefined);
  const best = seconds(measured[0]?.name ?? "", farthest);
  return {
    "hex-measured": `${processor}, ${date}, the least of ${rounds} runs`,
    "hex-times": table(
      ["", ...positions.map(power), "times the first"],
      measured.map(({ name, text }) => [
        text,
        ...positions.map((position) => time(seconds(name, position))),
        (seconds(name, farthest) / best).toPrecision(3),
      ]),
    ),
  };
}
