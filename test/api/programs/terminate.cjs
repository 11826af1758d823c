// Calls every function of the addon in eight workers at once, and terminates each at a random moment: `terminate.cjs ROUNDS`.
const { once } = require("node:events");
const { setTimeout: sleep } = require("node:timers/promises");
const { isMainThread, Worker } = require("node:worker_threads");

const AT_ONCE = 8;

/** Ends with its worker. Nobody holds the jobs, so some are cancelled when memory is collected. */
async function forever(call) {
  for (;;) {
    await call().catch((error) => {
      if (!["cancelled", "memory"].includes(error.kind)) throw error;
    });
  }
}

function callEverything() {
  const module = { exports: {} };
  process.dlopen(module, process.env.COMPUTE_PI_RS_BINARY);
  const addon = module.exports;
  const job = (maxMemory) => addon.createJob(1, false, maxMemory);
  forever(() => addon.digits(job(), 100, "chudnovsky", "bytes"));
  forever(() => addon.digits(job(), 20_000, "chudnovsky", "array", 1e9));
  forever(() => addon.digits(job(), 300, "spigot", "string"));
  forever(() => addon.hexDigits(job(), 100, 10));
  forever(() => addon.digits(job(1), 1000, "chudnovsky", "bytes"));
  forever(async () => {
    const stream = addon.openStream(job(), 3000, "chudnovsky");
    while ((await addon.nextChunk(stream, 500)).length > 0);
    addon.closeStream(stream);
  });
  forever(async () => {
    for (let i = 0; i < 50; i++) {
      addon.info();
      addon.progress(job());
      try {
        addon.openStream(job(1), 3000, "chudnovsky");
      } catch {}
    }
    await new Promise(setImmediate);
  });
}

async function main(rounds) {
  let terminated = 0;
  for (let round = 0; round < rounds; round++) {
    const workers = Array.from({ length: AT_ONCE }, async () => {
      const worker = new Worker(__filename);
      await once(worker, "online");
      await sleep(80 * Math.random());
      await worker.terminate();
      terminated++;
    });
    await Promise.all(workers);
  }
  console.log(terminated);
}

if (isMainThread) main(Number(process.argv[2]));
else callEverything();
