/** How many zeros a letter stands for. */
const LETTERS: Readonly<Record<string, number>> = { k: 3, m: 6, g: 9, b: 9, t: 12 };

/** No number that a command takes has more digits. */
const LONGEST = 20;

/**
 * The whole number that a text means: `1000000`, `1_000_000`, `1,000,000`, `1e6`, `1.5e6`, `1M`, `1.5k`.
 *
 * @returns nothing where it means none. A comma only parts groups of three digits, and what is left of a fraction is no
 *   whole number.
 */
export function wholeNumber(text: string): number | undefined {
  if (/^\d+(_\d+)*$/.test(text) || /^\d{1,3}(,\d{3})+$/.test(text)) return Number(text.replace(/[_,]/g, ""));
  const [, whole, fraction = "", exponent, letter] = /^(\d+)(?:\.(\d+))?(?:e\+?(\d+)|([a-z]))$/i.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const zeros = exponent === undefined ? LETTERS[(letter ?? "").toLowerCase()] : Number(exponent);
  const decimals = fraction.replace(/0+$/, "");
  if (zeros === undefined || zeros > LONGEST || decimals.length > zeros) return undefined;
  return Number(whole + decimals.padEnd(zeros, "0"));
}

/** A number with its thousands parted: 1,000,000. */
export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"] as const;

/** Bytes in the largest unit that leaves a whole part: 8.6 GiB. */
export function readableBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : Number(value.toPrecision(3))} ${UNITS[power] ?? "bytes"}`;
}

/** A duration to three figures: 0.42 ms, 1.28 s, 12 min 5 s. */
export function readableDuration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Number(milliseconds.toPrecision(3))} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 99.95) return `${Number(seconds.toPrecision(3))} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
