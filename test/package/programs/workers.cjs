// Ten worker threads at a time load the addon, compute and exit, round after round, before the main thread has loaded
// it: so each round the last worker that holds the library ends. In the last round they are stopped in the middle.
const assert = require("node:assert");
const { Worker, isMainThread, parentPort, workerData } = require("node:worker_threads");
const { assertPi, n } = require("./checkpoint.cjs");

const rounds = Number(process.argv[2] ?? 5);
const threads = 10;

function worker(endless) {
  const thread = new Worker(__filename, { workerData: { endless } });
  return new Promise((resolve, reject) => {
    thread.on("message", () => endless && thread.terminate());
    thread.on("error", reject);
    thread.on("exit", resolve);
  });
}

function round(endless) {
  return Promise.all(Array.from({ length: threads }, () => worker(endless)));
}

async function main() {
  for (let i = 0; i < rounds; i++) {
    assert.deepStrictEqual(await round(false), Array(threads).fill(0));
  }
  // A thread that is stopped exits with 1.
  assert.deepStrictEqual(await round(true), Array(threads).fill(1));
  assertPi(await require("compute-pi-rs").generate(n));
}

async function compute() {
  const { generate } = require("compute-pi-rs");
  if (!workerData.endless) return assertPi(await generate(n));
  // Long enough to be in the middle; Bun and Deno do not tell the addon of the end, so the rest is computed.
  const result = generate(500_000, { threads: 1 });
  parentPort.postMessage("started");
  return result;
}

(isMainThread ? main : compute)();
