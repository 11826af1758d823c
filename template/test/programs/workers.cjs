// Worker threads that call and end by themselves, and such that are ended in the middle.
const { once } = require("node:events");
const { setTimeout: sleep } = require("node:timers/promises");
const { Worker, isMainThread, workerData } = require("node:worker_threads");

const { digest } = require("../../dist");

async function main() {
  let [ended, terminated] = [0, 0];
  for (let round = 0; round < 4; round++) {
    const calm = Array.from({ length: 4 }, async () => {
      const [code] = await once(new Worker(__filename, { workerData: 1 }), "exit");
      if (code === 0) ended++;
    });
    const hasty = Array.from({ length: 4 }, async () => {
      const worker = new Worker(__filename, { workerData: Infinity });
      await once(worker, "online");
      await sleep(50 * Math.random());
      await worker.terminate();
      terminated++;
    });
    await Promise.all([...calm, ...hasty]);
  }
  console.log(`${ended} ended, ${terminated} terminated`);
}

async function work() {
  for (let left = workerData; left > 0; left--) await digest(new Uint8Array(1 << 20));
}

if (isMainThread) main();
else work();
