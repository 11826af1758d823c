// The Chudnovsky series by binary splitting on V8's BigInt. Reads a number of digits a line; writes the seconds that
// they took and those of the processor on a line, then the digits.

import { createInterface } from "node:readline";
import { writeSync } from "node:fs";

const C3_OVER_24 = 10_939_058_860_032_000n;

/** P, Q and T of the terms from a to b; no P where nothing needs it. */
function split(a, b, needsP) {
  if (b - a === 1) {
    if (a === 0) return [1n, 1n, 13_591_409n];
    const k = BigInt(a);
    const p = (6n * k - 5n) * (2n * k - 1n) * (6n * k - 1n);
    const t = p * (13_591_409n + 545_140_134n * k);
    return [p, k * k * k * C3_OVER_24, a % 2 === 0 ? t : -t];
  }
  const middle = Math.floor((a + b) / 2);
  const [p1, q1, t1] = split(a, middle, true);
  const [p2, q2, t2] = split(middle, b, needsP);
  return [needsP ? p1 * p2 : 0n, q1 * q2, q2 * t1 + p1 * t2];
}

/** The integer square root by Newton's method, from half the digits up. */
function root(x) {
  const bits = x.toString(16).length * 4;
  if (bits < 100) {
    let r = BigInt(Math.floor(Math.sqrt(Number(x))));
    while (r * r > x) r -= 1n;
    while ((r + 1n) * (r + 1n) <= x) r += 1n;
    return r;
  }
  const shift = BigInt(bits >> 3) * 2n;
  let r = (root(x >> shift) + 1n) << (shift / 2n);
  for (;;) {
    const next = (r + x / r) >> 1n;
    if (next >= r) return r;
    r = next;
  }
}

function digits(n) {
  const scale = n + 16;
  const [, q, t] = split(0, Math.floor(scale / 14.181647462725477) + 2, false);
  return ((q * 426_880n * root(10_005n * 100n ** BigInt(scale))) / t).toString().slice(0, n);
}

for await (const line of createInterface({ input: process.stdin })) {
  const [start, processor] = [performance.now(), process.cpuUsage()];
  const text = digits(Number(line));
  const seconds = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(processor);
  const reply = Buffer.from(`${seconds} ${(user + system) / 1e6}\n${text}`, "latin1");
  for (let sent = 0; sent < reply.length;) sent += writeSync(1, reply, sent);
}
