// @ts-check
/**
 * Gibbons' unbounded spigot: J. Gibbons, "Unbounded Spigot Algorithms for the Digits of Pi", American Mathematical
 * Monthly 113 (2006), over Lambert's series.
 *
 * @param {number} n
 * @returns {string} the first n digits of pi, without a point
 */
export function spigot(n) {
  let [q, r, t, i] = [1n, 180n, 60n, 2n];
  let digits = "";
  while (digits.length < n) {
    const u = 3n * (3n * i + 1n) * (3n * i + 2n);
    const y = (q * (27n * i - 12n) + 5n * r) / (5n * t);
    digits += String(y);
    [q, r, t, i] = [10n * q * i * (2n * i - 1n), 10n * u * (q * (5n * i - 2n) + r - y * t), t * u, i + 1n];
  }
  return digits;
}
