// `address-space.mjs CALL DIGITS THREADS KILOBYTES`: calls with so much address space left, once, once more, and twice at a time.
// Prints what came of each, as JSON; `THREADS` 0 is the default.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";

import * as pi from "compute-pi-rs";

const [name, ...numbers] = process.argv.slice(2);
const [digits, threads, kilobytes] = numbers.map(Number);
const hexOptions = { threads: threads || undefined };
const options = { ...hexOptions, maxMemory: Infinity };

/** @param {Parameters<import("node:crypto").Hash["update"]>[0]} data */
const hash = (data) => createHash("sha256").update(data).digest("hex").slice(0, 8);

function parts() {
  const terms = 9000;
  return Array.from({ length: terms }, (_, from) => ({
    version: 1,
    position: 22_000,
    from,
    to: from + 1,
    fraction: "0123456789".repeat(4),
  }));
}

const calls = {
  generate: async () => hash(Uint8Array.from(await pi.generate(digits, options))),
  generateBytes: async () => hash(await pi.generateBytes(digits, options)),
  generateString: async () => hash(await pi.generateString(digits, options)),
  verify: async () => hash(await pi.generateBytes(digits, { ...options, verify: true })),
  stream: async () => hash(await buffer(pi.stream(digits, options))),
  spigot: async () => hash(await pi.generateBytes(digits, { ...options, algorithm: "spigot" })),
  hexDigits: async () => hash(await pi.hexDigits(digits, 10_000, hexOptions)),
  hexDigitsPlan: async () => (await pi.hexDigitsPlan({ position: digits, jobs: 6000 }, hexOptions)).jobs.length,
  hexDigitsMerge: async () => hash(pi.hexDigitsMerge(many).fraction),
};
const many = name === "hexDigitsMerge" ? parts() : [];

const call = () => calls[name]().catch((error) => error.code ?? error.stack);

pi.native();
hash("");
if (kilobytes > 0) {
  const size = Number(/^VmSize:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  execFileSync("prlimit", ["--pid", String(process.pid), `--as=${(size + kilobytes) * 1024}`]);
}
const said = [await call(), await call(), ...(await Promise.all([call(), call()]))];
console.log(JSON.stringify(said));
