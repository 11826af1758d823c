// Calls that fit singly and not together, in a process that may hold less than two of them need.
import { estimate, generate, generateBytes, generateString, stream } from "../../../dist/index.js";

const digits = 5_000_000;
const threads = 1;
await generateBytes(digits, { threads });

function limit() {
  globalThis.gc();
  const held = process.memoryUsage.rss() / 2 ** 20;
  process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE = String(
    Math.ceil(held + (1.8 * estimate(digits, { threads }).memory) / 2 ** 20),
  );
}

const call = (options) =>
  generateBytes(digits, { threads, ...options }).then(
    () => "done",
    (error) => (error.name === "AbortError" ? error.name : error.code),
  );

async function order(calls) {
  const order = [];
  await Promise.all(
    Object.entries(calls).map(([name, promise]) => promise.then((said) => order.push(`${name} ${said}`))),
  );
  return order;
}

const said = {};
limit();
said.together = await order({ first: call(), second: call(), short: generateString(10) });

limit();
const abort = new AbortController();
const calls = { first: call(), second: call({ signal: abort.signal }) };
abort.abort();
said.aborted = await order(calls);

limit();
said.unchecked = await order({ unchecked: call({ maxMemory: Infinity }), checked: call() });

limit();
const source = stream(digits, { threads });
await source.iterator({ destroyOnReturn: false }).next();
said.stream = [await call()];
source.destroy();
await new Promise((resolve) => source.once("close", resolve));
said.stream.push(await call());

// V8's heap counts, but for what nobody holds any more.
delete process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE;
const array = async () => {
  await new Promise(setImmediate);
  return generate(3_000_000).then(
    ({ length }) => length,
    (error) => error.code,
  );
};
said.heap = [await array(), await array(), await array(), await array()];
const held = Array.from({ length: 18 }, () => new Array(300_000).fill(0.5));
said.full = [await array(), held.length];
console.log(JSON.stringify(said));
