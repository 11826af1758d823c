// `fault.cjs ADDON main|workers POINT`: asks an addon that is built for it for a panic at a point.
const { once } = require("node:events");
const { setTimeout: sleep } = require("node:timers/promises");
const { Worker, isMainThread, workerData } = require("node:worker_threads");

const [path, mode, point] = isMainThread ? process.argv.slice(2) : workerData;
const module_ = { exports: {} };
process.dlopen(module_, path);
const addon = module_.exports;

async function callAll() {
  addon.info();
  const job = addon.createJob(1, false);
  addon.progress(job);
  addon.openStream(job, 100, "chudnovsky");
  const digits = await addon.digits(job, 5, "chudnovsky", "string");
  await addon.digits(job, 5, "chudnovsky", "bytes");
  return Buffer.from(digits).toString();
}

async function main() {
  addon.injectFault(point);
  await callAll().then(
    () => console.log("nothing happened"),
    (error) => console.log(`${error.kind ?? "thrown"}: ${error.message}`),
  );
  addon.injectFault("");
  console.log(await callAll());
}

async function workers() {
  addon.injectFault(point);
  let terminated = 0;
  for (let round = 0; round < 4; round++) {
    const ended = Array.from({ length: 4 }, async () => {
      const worker = new Worker(__filename, { workerData: [path, mode, point] });
      await once(worker, "online");
      await sleep(60 * Math.random());
      await worker.terminate();
      terminated++;
    });
    await Promise.all(ended);
  }
  console.log(terminated);
  forever();
  await sleep(20 * Math.random());
  process.exit(0);
}

async function forever() {
  for (;;) {
    await callAll().catch(() => {});
    await new Promise(setImmediate);
  }
}

if (!isMainThread) forever();
else if (mode === "main") main();
else workers();
