// Computes, aborts and runs worker threads with the installed package, and prints what it found as JSON.
const assert = require("node:assert");
const { createHash } = require("node:crypto");
const { Worker, isMainThread, parentPort } = require("node:worker_threads");
const { generate, generateString, hexDigits, native } = require("compute-pi-rs");

// The published SHA-256 of "3." and 10,000 decimals.
const published = "452304d0e15d9e9fd9b63024212bb571de54b9b9f0aa050481f90530ef0b5c5d";
const n = 10_001;

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

async function compute() {
  const digits = await generate(n);
  return sha256(`3.${digits.slice(1).join("")}`);
}

async function abort() {
  const reason = new Error("enough");
  const controller = new AbortController();
  const aborted = generate(20_000_000, { signal: controller.signal });
  setTimeout(() => controller.abort(reason), 100);
  await assert.rejects(aborted, (error) => error === reason);
}

function inWorker() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename);
    let hash;
    worker.on("message", (message) => (hash = message));
    worker.on("error", reject);
    worker.on("exit", (code) => (code === 0 ? resolve(hash) : reject(new Error(`exit code ${code}`))));
  });
}

async function main() {
  // Workers first, two rounds: the addon is unloaded with the last one, before this thread has it.
  for (let round = 0; round < 2; round++) {
    assert.deepStrictEqual(await Promise.all([inWorker(), inWorker(), inWorker()]), [published, published, published]);
  }
  assert.strictEqual(await compute(), published);
  await abort();
  const spigot = await generateString(1000, { algorithm: "spigot" });
  assert.strictEqual(spigot, await generateString(1000));
  assert.strictEqual(await hexDigits(1_000_000, 14), "26C65E52CB4593");
  const text = await generateString(100_000);
  console.log(
    JSON.stringify({ ...native(), node: process.version, arch: process.arch, hundredThousand: sha256(text) }),
  );
}

if (isMainThread) main();
else compute().then((hash) => parentPort.postMessage(hash));
