// The Chudnovsky series by binary splitting on V8's BigInt. Reads a number of digits a line; writes the seconds that
// they took and those of the processor on a line, then the digits.

import { createInterface } from "node:readline";
import { writeSync } from "node:fs";

import { chudnovsky } from "../../../../bench/javascript/chudnovsky.mjs";

for await (const line of createInterface({ input: process.stdin })) {
  const [start, processor] = [performance.now(), process.cpuUsage()];
  const text = chudnovsky(Number(line));
  const seconds = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(processor);
  const reply = Buffer.from(`${seconds} ${(user + system) / 1e6}\n${text}`, "latin1");
  for (let sent = 0; sent < reply.length;) sent += writeSync(1, reply, sent);
}
