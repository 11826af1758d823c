// @ts-check
// Figures that prose quotes, each from the file that its measurement writes. In a document a figure stands between two
// comments: <!-- figure NAME -->4 ms<!-- /figure -->, a table of them on lines of its own. A test says when a document and its
// data disagree.
//
//   node scripts/docs/figures.mjs   puts in what the files say
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format, resolveConfig } from "prettier";
import { root } from "../lib/paths.mjs";
import { filesIn } from "../release/zip.mjs";
import { endlessFigures } from "./figures/endless.mjs";
import { fleetFigures } from "./figures/fleet.mjs";
import { flintFigures } from "./figures/flint.mjs";
import { hexFigures } from "./figures/hex.mjs";
import { lambdaFigures } from "./figures/lambda.mjs";
import { latencyFigures } from "./figures/latency.mjs";
import { paysFigures } from "./figures/pays.mjs";
import { peersFigures } from "./figures/peers.mjs";
import { spanFigures } from "./figures/span.mjs";
import { verifyFigures } from "./figures/verify.mjs";
import { wasmFigures } from "./figures/wasm.mjs";

const MARKED = /<!-- figure ([\w-]+) -->([^]*?)<!-- \/figure -->/g;

/** @param {string} path */
const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));

/** @returns {Record<string, string>} each figure as it is written */
export function figures() {
  return {
    ...peersFigures(read("bench/peers/results.json")),
    ...flintFigures(read("bench/peers/flint.json")),
    ...hexFigures(read("bench/peers/hex.json")),
    ...lambdaFigures(read("bench/lambda/results.json")),
    ...endlessFigures(read("bench/endless/results.json")),
    ...spanFigures(read("bench/threads/span.json")),
    ...paysFigures(read("bench/lambda/pays.json")),
    ...fleetFigures(read("bench/fleet/results.json")),
    ...latencyFigures(read("bench/latency/results.json")),
    ...verifyFigures(read("bench/verify/results.json")),
    ...wasmFigures(read("bench/wasm/results.json")),
  };
}

/** The documents that may quote figures. */
export function documents() {
  const folder = join(root, "docs");
  return [join(root, "README.md"), ...filesIn(folder).map((file) => join(folder, file))].filter((file) =>
    file.endsWith(".md"),
  );
}

/**
 * The figures that a text quotes.
 *
 * @param {string} text
 */
export function quoted(text) {
  return Array.from(text.matchAll(MARKED), ([, name = "", value = ""]) => ({ name, value }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const known = figures();
  for (const file of documents()) {
    const text = readFileSync(file, "utf8");
    const filled = text.replace(MARKED, (_, /** @type {string} */ name) => {
      if (known[name] === undefined) throw new Error(`${file} quotes ${name}, which no measurement gives`);
      return `<!-- figure ${name} -->${known[name]}<!-- /figure -->`;
    });
    if (filled !== text) writeFileSync(file, await format(filled, { ...(await resolveConfig(file)), filepath: file }));
  }
}
