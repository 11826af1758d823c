// @ts-check
// `npm run bench`: digests of buffers of several sizes against SHA-256 by Node.js, the least of some runs, in milliseconds.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";

const { digest } = createRequire(import.meta.url)("../dist/index.js");

/** @param {() => unknown} work @param {number} bytes */
async function least(work, bytes) {
  let best = Infinity;
  for (let left = Math.max(5, Math.min(2000, 2e8 / bytes)); left > 0; left--) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

console.log("| bytes | SHA-256 by node:crypto | `digest` | of that on the event loop | SHA-256 / `digest` |");
console.log("| ---: | ---: | ---: | ---: | ---: |");
for (const bytes of [100, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]) {
  const buffer = new Uint8Array(bytes).fill(7);
  const sha = await least(() => createHash("sha256").update(buffer).digest(), bytes);
  const blake = await least(() => digest(buffer), bytes);
  let loop = Infinity;
  await least(async () => {
    const start = performance.now();
    const promise = digest(buffer);
    loop = Math.min(loop, performance.now() - start);
    await promise;
  }, bytes);
  const [a, b, c] = [sha, blake, loop].map((time) => `${time.toPrecision(2)} ms`);
  console.log(`| ${bytes.toLocaleString("en")} | ${a} | ${b} | ${c} | ${(sha / blake).toPrecision(2)} |`);
}
