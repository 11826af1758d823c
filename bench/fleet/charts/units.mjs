// @ts-check
/** @param {number} position a power of ten */
export function power(position) {
  return `10${[...String(Math.round(Math.log10(position)))].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}

/** @param {number} seconds */
export function time(seconds) {
  if (seconds >= 3600) return `${Number((seconds / 3600).toPrecision(2))} h`;
  if (seconds >= 120) return `${Number((seconds / 60).toPrecision(2))} min`;
  return `${Number(seconds.toPrecision(2))} s`;
}

/** @param {number} usd */
export function money(usd) {
  return `$${usd >= 0.1 ? usd.toFixed(2) : Number(usd.toPrecision(1))}`;
}
