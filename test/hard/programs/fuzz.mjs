// Calls every exported function with hostile arguments: no crash, no hang, no unhandled rejection, no synchronous throw of
// a function that returns a promise, and right digits where there are some.
//
// usage: node fuzz.mjs CASES [SEED]
import assert from "node:assert";
import { Readable } from "node:stream";

import * as computePi from "compute-pi-rs";
import fc from "fast-check";

import { anything, arrays, numbers, options, requests } from "./values.mjs";

const [cases, seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);

/** The classes of the errors are exported to be recognised, not to be called. */
const functions = Object.entries(computePi).filter(([name]) => !name.endsWith("Error"));

const reference = await computePi.generateString(1000);

/** Failures that reach nobody. A hostile value may bring one of its own: those are marked. */
const strays = [];
process.on("unhandledRejection", (reason) => strays.push(["unhandled rejection", reason]));
process.on("uncaughtException", (error) => strays.push(["uncaught exception", error]));

/** How each call ended. */
const counts = { rejected: 0, thrown: 0, resolved: 0, streamed: 0, returned: 0 };

/** Reads a stream, at least as far as the reference goes, since one may have no end; or destroys it in the middle. */
function drain(stream) {
  return new Promise((resolve) => {
    let text = "";
    const isEnough = () => text.length > reference.length;
    stream.on("data", (chunk) => {
      text += chunk;
      if (isEnough()) stream.destroy();
    });
    stream.on("error", () => resolve(undefined));
    stream.on("close", () => resolve(stream.readableEnded || isEnough() ? text : undefined));
    if (Math.random() < 0.1) setImmediate(() => stream.destroy());
  });
}

async function call(name, run, args) {
  let returned;
  try {
    returned = run(...args);
  } catch (error) {
    counts.thrown++;
    if (run.constructor.name === "AsyncFunction") throw new Error(`${name} threw synchronously`, { cause: error });
    return;
  }
  if (returned instanceof Readable) {
    counts.streamed++;
    const text = await drain(returned);
    if (text !== undefined) assert.strictEqual(text.slice(0, reference.length), reference.slice(0, args[0]));
  } else if (returned instanceof Promise) {
    const result = await returned.then(
      (value) => ({ value }),
      () => undefined,
    );
    if (result === undefined) {
      counts.rejected++;
      return;
    }
    counts.resolved++;
    if (/^generate/.test(name)) assert.strictEqual([...result.value].join(""), reference.slice(0, args[0]));
  } else {
    counts.returned++;
  }
}

const first = fc.oneof(
  { weight: 12, arbitrary: numbers },
  { weight: 4, arbitrary: requests },
  arrays(requests),
  anything,
);
const second = fc.oneof({ weight: 8, arbitrary: options }, { weight: 2, arbitrary: numbers }, anything);
const argumentLists = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(first, second) },
  { weight: 4, arbitrary: fc.tuple(first, second, options) },
  fc.array(anything, { maxLength: 4 }),
);

let current;
let since = performance.now();
const watchdog = setInterval(() => {
  if (performance.now() - since < 60_000) return;
  console.error(`${current} has hung for a minute, seed ${seed}`);
  process.exit(3);
}, 1000);

try {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...functions), argumentLists, async ([name, run], makers) => {
      [current, since] = [name, performance.now()];
      await call(
        name,
        run,
        makers.map((make) => make()),
      );
      assert.deepStrictEqual(strays.splice(0), []);
    }),
    { numRuns: Number(cases), seed: Number(seed), endOnFailure: true },
  );
  // An error of a late abort may still come to light.
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.deepStrictEqual(strays, []);
} catch (error) {
  // Thrown on, it would be one of the strays.
  console.error(`seed ${seed}:`, error);
  process.exit(1);
}
clearInterval(watchdog);
console.log(JSON.stringify({ cases: Number(cases), seed: Number(seed), functions: functions.length, ...counts }));
