// Processes that exit in the middle of work: never by a signal.
//
// usage: node exits.mjs PROCESSES
import assert from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";

const [processes] = process.argv.slice(2).map(Number);
const together = 4;

const ways = ["process.exit(7)", "setImmediate(() => process.exit(7))", "process.nextTick(() => process.exit(7))"];
const calls = [
  "generate(3_000_000)",
  "generateString(20_000)",
  "generateBytes(500_000, { onProgress() {} })",
  "hexDigits(100_000, 16)",
  "stream(2_000_000).on('data', () => undefined)",
  "generateBytes(1000)",
];

async function exit(number) {
  const source = `
    import * as computePi from "compute-pi-rs";
    const { generate, generateString, generateBytes, hexDigits, stream } = computePi;
    for (let round = 0; round < 5; round++) {
      ${calls.map((call) => `Promise.resolve(${call}).catch(() => undefined);`).join("\n")}
    }
    setTimeout(() => { ${ways[number % ways.length]} }, ${Math.round(Math.random() * 60)});`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    cwd: import.meta.dirname ?? new URL(".", import.meta.url).pathname,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code, signal] = await once(child, "exit");
  assert.deepStrictEqual({ code, signal }, { code: 7, signal: null });
}

for (let number = 0; number < processes; number += together) {
  await Promise.all(Array.from({ length: together }, (_, at) => exit(number + at)));
}
console.log(JSON.stringify({ processes }));
