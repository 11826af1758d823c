// Two worker threads load the addon, call what it has, and end; a third is terminated while it is at work. The main
// thread never loads it.
import assert from "node:assert";
import { once } from "node:events";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

if (isMainThread) {
  for (const work of ["every call", "every call", "endless"]) {
    const worker = new Worker(new URL(import.meta.url), { workerData: work });
    const exited = once(worker, "exit");
    if (work === "endless") {
      await once(worker, "message");
      await worker.terminate();
    }
    assert.deepStrictEqual(await exited, [work === "endless" ? 1 : 0]);
  }
  console.log("ended");
} else {
  const pi = await import("compute-pi-rs");
  if (workerData === "endless") {
    const calls = [1, 2].map((threads) => pi.generateBytes(20_000_000, { threads }));
    parentPort.postMessage("at work");
    await Promise.all(calls);
  }
  const digits = await pi.generate(3000);
  assert.deepStrictEqual(digits.slice(0, 5), [3, 1, 4, 1, 5]);
  assert.deepStrictEqual([...(await pi.generateBytes(3000, { threads: 2, verify: true, onProgress() {} }))], digits);
  assert.strictEqual(await pi.generateString(50, { algorithm: "spigot" }), digits.slice(0, 50).join(""));
  for await (const chunk of pi.stream(3000)) assert.ok(chunk.length > 0);
  assert.strictEqual(await pi.hexDigits(1000, 8), "349F1C09");
  const { jobs } = await pi.hexDigitsPlan({ position: 100, jobs: 2 });
  const parts = await Promise.all(jobs.map((job) => pi.hexDigitsPartial(job)));
  assert.ok(pi.hexDigitsCombine(parts).digits.length > 0);
  const abort = new AbortController();
  const aborted = assert.rejects(pi.generate(1_000_000, { signal: abort.signal }));
  abort.abort();
  await aborted;
  await assert.rejects(pi.generate(100_000, { maxMemory: 1 }));
  assert.ok(pi.estimate(1000).memory > 0 && pi.native().threads > 0);
}
