const assert = require("node:assert");
const { generate } = require("compute-pi-rs");
const { assertPi, n } = require("./checkpoint.cjs");

// Long enough that no machine is done before the abort.
const endless = 20_000_000;

async function main() {
  const controller = new AbortController();
  const reason = new Error("enough");
  const aborted = generate(endless, { signal: controller.signal });
  setTimeout(() => controller.abort(reason), 100);
  await assert.rejects(aborted, (error) => error === reason);

  await assert.rejects(generate(endless, { signal: AbortSignal.timeout(100) }), { name: "TimeoutError" });
  await assert.rejects(generate(n, { signal: AbortSignal.abort(reason) }), (error) => error === reason);

  // The aborted ones left nothing behind that hinders the next.
  assertPi(await generate(n));
}

main();
