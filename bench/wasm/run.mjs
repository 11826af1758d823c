// @ts-check
// Measures the WebAssembly build beside the native engine, V8's BigInt and GMP in WebAssembly, and writes bench/wasm/results.json:
// processor time of each in turn, the least of the rounds, after one round that only warms up.
//
//   node bench/wasm/run.mjs [ROUNDS], after `npm run build`
import { spawn, execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { today, installFromLockfile, runOrThrow, shown } from "@compute-pi-rs/steps";
import { root } from "../../scripts/lib/paths.mjs";
import { median } from "../lambda/measure/statistics.mjs";

const DIGITS = 1_000_000;
const PROCESSES = 15;

const folder = fileURLToPath(new URL(".", import.meta.url));
const rounds = Number(process.argv[2] ?? 7);
installFromLockfile(folder, ["--ignore-scripts"]);
const manifest = ["--manifest-path", join(root, "crate", "Cargo.toml"), "--package", "compute-pi-rs"];
await runOrThrow("cargo", ["build", "--release", "--locked", ...manifest, "--example", "serve"], { ...shown });

/** A flag of V8, as long as relaxed SIMD is not taken for granted: without it, nothing but the other module can be had. */
const flag = "experimental-wasm-relaxed-simd";
const hasFlag = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" }).includes(`--${flag} `);

/** @param {string} name @param {string[]} flags @returns {[string, string[]]} */
const node = (name, flags = []) => [process.execPath, [...flags, join(folder, "contestants", `${name}.mjs`)]];
/** @type {Record<string, [string, string[]]>} */
const contestants = {
  native: [join(root, "crate", "target", "release", "examples", "serve"), ["avx2"]],
  relaxed: node("package", hasFlag ? [`--${flag}`] : []),
  ...(hasFlag ? { plain: node("package", [`--no-${flag}`]) } : {}),
  bigint: node("bigint"),
  gmp: node("gmp"),
};
const servers = Object.entries(contestants).map(([name, [command, args]]) => server(name, command, args));

/** @type {Record<string, number>} */
const least = {};
let last;
for (let round = 0; round <= rounds; round += 1) {
  for (const { name, ask } of servers) {
    const answer = await ask(DIGITS);
    last ??= answer.last;
    if (answer.length !== DIGITS || answer.last !== last) throw new Error(`${name} gives other digits`);
    if (round > 0) least[name] = Math.min(least[name] ?? Infinity, answer.milliseconds);
  }
  console.log(JSON.stringify(least));
}
for (const { stop } of servers) stop();

const first = Array.from({ length: PROCESSES }, () => {
  const env = { ...process.env, COMPUTE_PI_RS_BACKEND: "wasm" };
  const flags = hasFlag ? [`--${flag}`] : [];
  return JSON.parse(execFileSync(process.execPath, [...flags, join(folder, "first.mjs")], { encoding: "utf8", env }));
});
const results = {
  machine: cpus()[0]?.model,
  node: process.version,
  date: today(),
  rounds,
  digits: DIGITS,
  milliseconds: least,
  first: {
    mainThread: median(first.map(({ milliseconds }) => milliseconds)),
    whole: median(first.map(({ whole }) => whole)),
  },
  bytesADigit: { 1000000: await bytesADigit(1_000_000), 10000000: await bytesADigit(10_000_000) },
};
console.log(results);
writeFileSync(join(folder, "results.json"), `${JSON.stringify(results, null, 2)}\n`);

/** @param {string} name @param {string} command @param {string[]} args */
function server(name, command, args) {
  const env = { ...process.env, COMPUTE_PI_RS_BACKEND: "wasm" };
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name,
    /** @param {number} digits @returns {Promise<{ milliseconds: number, last: string, length: number }>} */
    ask: async (digits) => {
      child.stdin.write(`${digits}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} has ended`);
      return JSON.parse(value);
    },
    stop: () => child.stdin.end(),
  };
}

/** How far the memory of a module grows, which never shrinks, for each of so many digits. @param {number} n */
async function bytesADigit(n) {
  const host = { advanced: () => {}, now: () => performance.now() };
  // The one that takes more, having shorter primes.
  const module = await WebAssembly.compile(readFileSync(join(root, "dist", "pi.wasm")));
  const { exports } = await WebAssembly.instantiate(module, { host });
  const { start, digits, memory } = /** @type {any} */ (exports);
  start();
  if (digits(n, 0, 48, 2 ** 32, 0) !== 0) throw new Error(`${n} digits fail`);
  return memory.buffer.byteLength / n;
}
