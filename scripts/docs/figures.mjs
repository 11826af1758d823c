// @ts-check
// Figures that prose quotes, each from the file that its measurement writes. In a document a figure stands between two
// comments: <!-- figure NAME -->4 ms<!-- /figure -->. `node scripts/docs/figures.mjs` puts in what the files say; a test
// says when a document and its data disagree.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { filesIn } from "../release/zip.mjs";
import { root } from "../lib/paths.mjs";

const MARKED = /<!-- figure ([\w-]+) -->([^]*?)<!-- \/figure -->/g;

/** @param {string} path */
const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** @param {number} value */
const rounded = (value, figures = 2) => Number(value.toPrecision(figures)).toLocaleString("en-US");

/** @returns {Record<string, string>} each figure as it is written */
export function figures() {
  const lambda = read("bench/lambda/results.json");
  const peers = read("bench/peers/results.json");
  const soak = read("scripts/soak/results.json");

  /** The processor time of a warm run without that of an empty one. @param {string} wanted */
  const warm = (wanted) => {
    const found = lambda.warm.find((/** @type {any} */ run) => run.name === wanted && run.architecture === "x86_64");
    return { processor: median(found.processor) - found.idle, duration: median(found.durations) };
  };
  /** @param {number} digits */
  const call = (digits) => lambda.calls.find((/** @type {any} */ row) => row.digits === digits);
  /** @param {string} name */
  const cold = (name) => lambda.cold.find((/** @type {any} */ row) => row.name === name).processor.least;
  /** @param {string} peer @param {number} digits */
  const seconds = (peer, digits) =>
    peers.measurements.find((/** @type {any} */ row) => row.peer === peer && row.digits === digits && row.threads === 1)
      ?.processor_seconds;

  /** The package's time against FLINT's, from ten thousand digits on. @param {string[]} levels */
  const ratios = (levels) => {
    const all = levels.flatMap((level) =>
      [1e4, 1e5, 1e6, 1e7, 1e8].map((digits) => seconds(level, digits) / seconds("flint", digits)),
    );
    const known = all.filter(Number.isFinite);
    return `${Math.min(...known).toFixed(2)} to ${Math.max(...known).toFixed(2)}`;
  };

  const million = call(1_000_000);
  return {
    "peers-machine": peers.processor,
    "million-digits": `${rounded(1000 * seconds("ours-avx512ifma", 1e6))} ms`,
    "million-digits-avx2": `${rounded(1000 * seconds("ours-avx2", 1e6))} ms`,
    "against-flint": ratios(["ours-avx512ifma", "ours-avx512", "ours-avx2"]),
    "against-flint-portable": ratios(["ours-portable"]),
    "lambda-digits": lambda.digits.toLocaleString("en-US"),
    "lambda-javascript": `${rounded(warm("plain").duration / 1000)} s`,
    "lambda-rust": `${rounded(warm("rust").duration / 1000)} s`,
    "lambda-addon": `${rounded(warm("spigot").duration / 1000)} s`,
    "lambda-engine": `${rounded(warm("engine").duration)} ms`,
    "same-algorithm-gain": rounded(warm("plain").processor / warm("spigot").processor),
    "better-algorithm-gain": rounded(call(lambda.digits).plain / call(lambda.digits).engine, 4),
    "cold-start": `${rounded(cold("compute-pi-rs, CommonJS") - cold("empty, CommonJS"))} ms`,
    "array-fill": `${rounded((1e6 * (million.engine - million.engineBytes)) / 1e6)} ns`,
    "fuzz-cases": Number(/^\d+/.exec(soak.fuzz.figures)?.[0]).toLocaleString("en-US"),
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
    if (filled !== text) writeFileSync(file, filled);
  }
}
