// @ts-check
/** The Chudnovsky series by binary splitting on BigInt: the best that plain JavaScript has for many digits. */

const C3_OVER_24 = 10_939_058_860_032_000n;

/**
 * @param {number} n
 * @returns {string} the first n digits of pi, without a point
 */
export function chudnovsky(n) {
  const scale = n + 16;
  const [, q, t] = split(0, Math.floor(scale / 14.181647462725477) + 2, false);
  return ((q * 426_880n * root(10_005n * 100n ** BigInt(scale))) / t).toString().slice(0, n);
}

/**
 * P, Q and T of the terms from a to b; no P where nothing needs it.
 *
 * @param {number} a
 * @param {number} b
 * @param {boolean} needsP
 * @returns {[bigint, bigint, bigint]}
 */
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

/**
 * The integer square root by Newton's method, from half the digits up.
 *
 * @param {bigint} x
 * @returns {bigint}
 */
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
