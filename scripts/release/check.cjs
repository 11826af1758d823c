// Checks the installed package that stands next to it. It needs Node.js 18 or newer and nothing else, so that it runs in
// any container and under any emulator.
const assert = require("node:assert");
const { createHash } = require("node:crypto");
const { setTimeout } = require("node:timers/promises");
const { isMainThread, Worker } = require("node:worker_threads");

// SHA-256 of "3." and as many decimals, as published.
const checkpoints = new Map([
  [1_000, "823a2e34f63c5d5f30a27733976df5a1ab57feaab505f40d95d3dd3fefa425cc"],
  [10_000, "452304d0e15d9e9fd9b63024212bb571de54b9b9f0aa050481f90530ef0b5c5d"],
  [100_000, "6fba00bd4d732bf518635d1e28e5292c8db6ee4c26285fe43d5ae9d104655cd9"],
]);

/** @param {string} digits @param {number} decimals */
function assertPi(digits, decimals) {
  const text = `${digits.slice(0, 1)}.${digits.slice(1)}`;
  assert.equal(createHash("sha256").update(text).digest("hex"), checkpoints.get(decimals));
}

/** The work of the published Lambda handler and of each worker. */
async function handler() {
  const computePi = require("compute-pi-rs");
  const digits = await computePi.generate(1_001);
  assertPi(digits.join(""), 1_000);
}

/** Runs four worker threads that load the addon, compute and end. */
async function runWorkers() {
  const workers = Array.from({ length: 4 }, () => new Worker(__filename));
  const codes = await Promise.all(
    workers.map(
      (worker) =>
        new Promise((resolve, reject) => {
          worker.on("error", reject);
          worker.on("exit", resolve);
        }),
    ),
  );
  assert.deepEqual(codes, [0, 0, 0, 0]);
}

async function main() {
  // Before this thread loads the addon: Node.js lets go of it when the last worker ends, while threads of its own are
  // idle and end by themselves ten seconds later. On Linux its file says that it stays; elsewhere this waits to see it.
  await runWorkers();
  if (process.platform !== "linux") await setTimeout(12_000);
  await runWorkers();
  await handler();

  // ES modules get the same functions by name.
  const { generate, generateBytes, generateString, native } = await import("compute-pi-rs");
  for (const decimals of checkpoints.keys()) {
    assertPi(await generateString(decimals + 1), decimals);
    assertPi((await generateBytes(decimals + 1)).join(""), decimals);
  }
  assertPi((await generate(1_001, { algorithm: "spigot" })).join(""), 1_000);

  // An abort ends a computation that would take minutes.
  const controller = new AbortController();
  const reason = new Error("enough");
  void setTimeout(50).then(() => controller.abort(reason));
  await assert.rejects(generate(20_000_000, { signal: controller.signal }), (error) => error === reason);
  await assert.rejects(generate(-1), { code: "ERR_OUT_OF_RANGE" });

  const { version } = require("compute-pi-rs/package.json");
  assert.equal(native().version, version, "the binary is of another version");
  console.log(`compute-pi-rs ${version} works on Node.js ${process.versions.node}: ${JSON.stringify(native())}`);
}

(isMainThread ? main() : handler()).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
