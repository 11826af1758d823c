// Draws the table that crate/peers has measured: results.json into docs/peers.svg.
//
//   node bench/peers/chart.mjs
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installFromLockfile } from "@compute-pi-rs/steps";
import { root } from "../../scripts/lib/paths.mjs";

installFromLockfile(join(root, "bench"));
const Plot = await import("@observablehq/plot");
const { drawChart } = await import("../chart.mjs");
const { measurements } = JSON.parse(readFileSync(new URL("results.json", import.meta.url), "utf8"));

/** From the line drawn first to the one drawn on top; the colours stand out on white and on black. */
const LINES = {
  spigot: "#8a8a8a",
  v8: "#b8860b",
  "num-bigint": "#c2569b",
  dashu: "#8f6fd6",
  malachite: "#2f9e8f",
  "gmp-factored": "#5a8f3c",
  gmp: "#7fae46",
  flint: "#d9622b",
  ours: "#2f81f7",
};
const LEVELS = ["ours-portable", "ours-neon", "ours-avx2", "ours-avx512", "ours-avx512ifma"];

const present = new Set(measurements.map(({ peer }) => peer));
const fastest = LEVELS.filter((level) => present.has(level)).at(-1);
const points = measurements
  .filter(({ peer, threads }) => threads === 1 && (peer === fastest || peer in LINES))
  .map(({ peer, digits, processor_seconds }) => ({
    peer: peer === fastest ? "ours" : peer,
    digits,
    nanoseconds: (1e9 * processor_seconds) / digits,
  }));
const last = Object.keys(LINES)
  .map((peer) => points.filter((point) => point.peer === peer).at(-1))
  .filter(Boolean);
const label = ({ peer }) => (peer === "ours" ? "compute-pi" : peer);
const axes = { x: "digits", y: "nanoseconds" };
const colour = ({ peer }) => LINES[peer];

drawChart(join(root, "docs", "peers.svg"), "Time a digit against the number of digits, both on logarithmic scales", {
  height: 520,
  marginTop: 36,
  marginRight: 110,
  marginLeft: 64,
  marginBottom: 44,
  className: "peers",
  x: { type: "log", label: "digits", tickFormat: (n) => n.toLocaleString("en"), ticks: 6, grid: true },
  y: {
    type: "log",
    label: "nanoseconds of processor time a digit, one thread",
    tickFormat: "~s",
    ticks: 6,
    grid: true,
  },
  marks: [
    Plot.line(points, { ...axes, z: "peer", stroke: colour, strokeWidth: ({ peer }) => (peer === "ours" ? 3.5 : 1.8) }),
    Plot.dot(points, { ...axes, fill: colour, r: ({ peer }) => (peer === "ours" ? 4 : 2.8) }),
    Plot.text(spread(last), {
      x: "digits",
      y: "place",
      text: label,
      fill: colour,
      textAnchor: "start",
      dx: 8,
      fontWeight: 600,
    }),
  ],
});

/** Labels at the same x stand at least a line apart. */
function spread(ends) {
  const apart = 1.35;
  const placed = [];
  for (const end of ends.sort((a, b) => a.nanoseconds - b.nanoseconds)) {
    const below = placed.filter(({ digits }) => digits === end.digits).at(-1);
    placed.push({ ...end, place: below ? Math.max(end.nanoseconds, below.place * apart) : end.nanoseconds });
  }
  return placed;
}
