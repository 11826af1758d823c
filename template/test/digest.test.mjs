import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { digest } from "../dist/index.js";
import { binaries } from "../dist/native.js";

const hex = async (bytes) => Buffer.from(await digest(bytes)).toString("hex");

test("digests are those that BLAKE3's authors published", async () => {
  // The input repeats the bytes from 0 to 250.
  const input = (length) => Uint8Array.from({ length }, (_, at) => at % 251);
  const published = {
    0: "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
    1: "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
    1024: "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7",
    102400: "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085",
  };
  for (const [length, wanted] of Object.entries(published)) assert.equal(await hex(input(Number(length))), wanted);
});

test("the bytes may be changed as soon as the call has returned", async () => {
  const bytes = new Uint8Array(1 << 22).fill(1);
  const wanted = await hex(bytes.slice());
  const promise = hex(bytes);
  bytes.fill(2);
  assert.equal(await promise, wanted);
});

test("a signal ends the call with its reason, before it and in the middle", async () => {
  const reason = new Error("enough");
  await assert.rejects(digest(new Uint8Array(1), { signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  const promise = digest(new Uint8Array(1 << 26), { signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(promise, reason);
});

test("progress rises to 1, and what the function throws ends the call", async () => {
  const seen = [];
  await digest(new Uint8Array(1 << 28), { onProgress: (fraction) => seen.push(fraction) });
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
  assert.equal(seen.at(-1), 1);
  const onProgress = () => {
    throw new Error("mine");
  };
  await assert.rejects(digest(new Uint8Array(1), { onProgress }), { message: "mine" });
});

test("the event loop goes on while digests are computed", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  await Promise.all(Array.from({ length: 8 }, () => digest(new Uint8Array(1 << 25))));
  clearInterval(timer);
  assert.ok(ticks > 2, `${ticks} ticks`);
});

test("wrong arguments reject as Node.js' own do", async () => {
  const refused = { name: "TypeError", code: "ERR_INVALID_ARG_TYPE" };
  for (const bytes of [undefined, "abc", [1, 2], new ArrayBuffer(2), Object.create(Uint8Array.prototype)]) {
    await assert.rejects(digest(bytes), refused);
  }
  for (const options of [null, 1, { signal: {} }, { onProgress: "often" }]) {
    await assert.rejects(digest(new Uint8Array(1), options), refused);
  }
});

test("a call that is over tells nothing more", async () => {
  const controller = new AbortController();
  const seen = [];
  const promise = digest(new Uint8Array(1), { signal: controller.signal, onProgress: (fraction) => seen.push(fraction) });
  // The work is done meanwhile, and nobody knows yet.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  controller.abort();
  await assert.rejects(promise, { name: "AbortError" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(seen, []);
});

test("the loader knows the platforms of package.json", () => {
  const { platforms } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  assert.deepEqual(Object.keys(binaries), Object.keys(platforms));
});
