// The peak of one call beside what `estimate` says, in bytes: what the process holds at most, less what it held before.
//
// usage: node memory.mjs generate|generateBytes|generateString DIGITS THREADS
import { readFileSync } from "node:fs";

import * as computePi from "compute-pi-rs";

const [name, ...numbers] = process.argv.slice(2);
const [digits, threads] = numbers.map(Number);
const figure = { generate: "arrayMemory", generateBytes: "memory", generateString: "stringMemory" }[name];

/** A line of /proc/self/status, in bytes. @see man 5 proc_pid_status */
const status = (line) =>
  1024 * Number(new RegExp(`^${line}:\\s+(\\d+) kB$`, "m").exec(readFileSync("/proc/self/status", "utf8"))[1]);

// Threads, code, and whatever else the first call of a process brings for all.
await computePi[name](1000, { threads });
const before = status("VmRSS");
const result = await computePi[name](digits, { threads, maxMemory: Infinity });
const peak = status("VmHWM") - before;
console.log(JSON.stringify({ digits: result.length, peak, estimate: computePi.estimate(digits, { threads })[figure] }));
