/** The parts of a line of progress. */
export interface State {
  name: string;
  /** From 0 to 1. */
  fraction: number;
  /** Such as `48 s left`. */
  timeLeft?: string | undefined;
}

const WIDEST_BAR = 40;
/** A shorter bar tells less than the percentage beside it. */
const SHORTEST_BAR = 8;

/**
 * One line of progress, shorter than the terminal is wide, so that it never wraps. Where there is little room, the bar goes
 * first, then the name of the phase: percentage and time left stay.
 */
export function progressLine({ name, fraction, timeLeft }: State, columns: number): string {
  const room = columns - 1;
  const percent = `${Math.floor(100 * Math.min(Math.max(fraction, 0), 1))}%`;
  const numbers = timeLeft === undefined ? percent : `${percent}, ${timeLeft}`;
  // The room of the longest time, so that the bar does not change its length.
  const bar = Math.min(WIDEST_BAR, room - name.length - "  [] 100%, 99 min left".length);
  if (bar >= SHORTEST_BAR) {
    const full = Math.floor(bar * Math.min(fraction, 1));
    return `${name} [${"=".repeat(full)}${"-".repeat(bar - full)}] ${numbers}`;
  }
  const line = [`${name} ${numbers}`, numbers, percent].find((text) => text.length <= room);
  return line ?? "";
}
