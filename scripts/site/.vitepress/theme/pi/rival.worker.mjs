// @ts-check
// A worker that computes the same digits in plain JavaScript.
import { chudnovsky } from "../../../../../bench/javascript/chudnovsky.mjs";
import { spigot } from "../../../../../bench/javascript/spigot.mjs";

const rivals = { bigint: chudnovsky, spigot };

/** @param {MessageEvent<{ rival: keyof typeof rivals, n: number }>} event */
globalThis.onmessage = ({ data: { rival, n } }) => {
  const began = performance.now();
  const digits = rivals[rival](n);
  globalThis.postMessage({ seconds: (performance.now() - began) / 1000, last: digits.slice(-10) });
};
