/**
 * Gibbons' unbounded spigot: J. Gibbons, "Unbounded Spigot Algorithms for the Digits of Pi", American Mathematical
 * Monthly 113 (2006), over Lambert's series.
 */
function* spigot() {
  let [q, r, t, i] = [1n, 180n, 60n, 2n];
  for (;;) {
    const u = 3n * (3n * i + 1n) * (3n * i + 2n);
    const y = (q * (27n * i - 12n) + 5n * r) / (5n * t);
    yield Number(y);
    [q, r, t, i] = [10n * q * i * (2n * i - 1n), 10n * u * (q * (5n * i - 2n) + r - y * t), t * u, i + 1n];
  }
}

export const handler = async ({ digits }) => {
  if (!Number.isInteger(digits) || digits < 0) {
    throw new RangeError(`digits must be a whole number from 0 on, not ${digits}`);
  }
  const produced = [];
  for (const digit of spigot()) {
    if (produced.length === digits) break;
    produced.push(digit);
  }
  return { digits, pi: produced.join("") };
};
