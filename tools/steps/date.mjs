// @ts-check
/** The day in UTC, as a measurement writes it down: `2026-11-28`. */
export const today = () => new Date().toISOString().slice(0, 10);
