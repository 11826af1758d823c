// @ts-check
import { median, rounded, table, whole } from "../markdown.mjs";

/**
 * The figures of `node bench/lambda/run.mjs`.
 *
 * @param {any} results `bench/lambda/results.json`
 * @returns {Record<string, string>}
 */
export function lambdaFigures({ machine, date, digits, warm, calls, cold, traces, largest }) {
  /** The processor time of a warm run without that of an empty one. @param {string} name @param {string} [architecture] */
  const run = (name, architecture = "x86_64") => {
    const found = warm.find((/** @type {any} */ row) => row.name === name && row.architecture === architecture);
    return {
      ...found,
      median: median(found.processor) - found.idle,
      duration: median(found.durations),
    };
  };
  /** @param {number} size */
  const call = (size) => calls.find((/** @type {any} */ row) => row.digits === size);
  /** @param {string} name */
  const start = (name) => cold.find((/** @type {any} */ row) => row.name === name).processor.least;
  /** @param {number} share */
  const percent = (share) => `${(100 * Math.max(0, share)).toFixed(1)} %`;
  const million = call(1_000_000);
  const at = call(digits);
  const [plain, spigot] = [run("plain"), run("spigot")];
  const answers = ["commonjs", "esm"].map((name) => largest.find((/** @type {any} */ row) => row.function === name));
  const sooner = calls.filter((/** @type {any} */ { plain, engine }) => plain < engine).at(-1);
  const load = traces.flatMap((/** @type {any} */ { cold: spans }) =>
    spans.filter((/** @type {any} */ { phase }) => phase === "load").map((/** @type {any} */ s) => s.end - s.start),
  );
  return {
    "lambda-measured": `${machine}, ${date}`,
    "lambda-digits": whole(digits),
    "lambda-javascript": `${rounded(plain.duration / 1000)} s`,
    "lambda-rust": `${rounded(run("rust").duration / 1000)} s`,
    "lambda-addon": `${rounded(spigot.duration / 1000)} s`,
    "lambda-engine": `${rounded(run("engine").duration)} ms`,
    "same-algorithm-gain": rounded(plain.median / spigot.median),
    "better-algorithm-gain": rounded(at.plain / at.engine, 4),
    "cold-start": `${rounded(start("compute-pi-rs, CommonJS") - start("empty, CommonJS"))} ms`,
    "cold-start-module": `${rounded(start("compute-pi-rs, ES module") - start("empty, ES module"))} ms`,
    "cold-start-rust": `${rounded(start("plain Rust"))} ms`,
    "traced-load": `${rounded(median(load), 1)} ms`,
    "array-fill": `${rounded((1e6 * (million.engine - million.engineBytes)) / 1e6)} ns`,
    crossing: `${rounded(call(1).engine)} ms`,
    "loop-sooner": whole(sooner.digits),
    "loop-later": whole(calls[calls.indexOf(sooner) + 1].digits),
    "lambda-warm": table(
      [
        "",
        "x86-64, 128 MB",
        "median",
        "processor time",
        "ratio",
        "peak MB",
        "arm64, emulated: ratio of processor times",
      ],
      ["plain", "rust", "spigot", "engine"].map((name) => {
        const [here, arm] = [run(name), run(name, "arm64")];
        return [
          here.label,
          here.durations.map((/** @type {number} */ each) => each.toFixed(0)).join(", "),
          here.duration.toFixed(0),
          here.median.toFixed(1),
          (here.median / plain.median).toFixed(3),
          String(here.maxMemory),
          (arm.median / run("plain", "arm64").median).toFixed(2),
        ];
      }),
    ),
    "lambda-calls": table(
      [
        "digits",
        "`generate`",
        "`generateBytes`",
        "invocation",
        "boundary of the call",
        "of the invocation",
        "of the spigot's call",
      ],
      calls
        .filter((/** @type {any} */ row) => row.digits >= 10_000)
        .map((/** @type {any} */ row) => [
          whole(row.digits),
          rounded(row.engine, 3),
          rounded(row.engineBytes, 3),
          rounded(row.invocation, 3),
          percent(1 - row.engineBytes / row.engine),
          percent((row.engine - row.engineBytes) / row.invocation),
          row.spigot ? percent(1 - row.spigotBytes / row.spigot) : "–",
        ]),
    ),
    "lambda-largest": table(
      ["128 MB", "`app.js`, `generate`", "`app.mjs`, `generateString`"],
      [
        ["warm, within 1 s", ...answers.map(({ withinASecond }) => whole(withinASecond))],
        [
          "warm, at all",
          ...answers.map(({ largest: most }) => `${whole(most.digits)} in ${most.seconds.toFixed(0)} s`),
        ],
        [
          "memory that fills a response of 6 MB, cold",
          ...answers.map(({ full }) => `${full.memory} MB, ${full.seconds.toFixed(0)} s`),
        ],
      ],
    ),
  };
}
