import { SingleBar } from "cli-progress";

import type { Phase, Progress } from "../index";

/** Work that ends sooner shows no bar. */
const QUIET_MS = 500;

const NAMES: Record<Phase, string> = {
  series: "Summing the series",
  division: "Dividing",
  verification: "Verifying",
  conversion: "Converting to decimal",
};

/** A progress bar on a terminal. */
export interface ProgressBar {
  update: (progress: Progress) => void;
  /** Removes the bar. */
  stop: () => void;
}

/** A bar with the phase and the time left, shown once the work has lasted half a second. */
export function progressBar(terminal: NodeJS.WriteStream): ProgressBar {
  const bar = new SingleBar({
    stream: terminal,
    format: "{phase} [{bar}] {percentage}%, {eta_formatted}",
    formatTime: timeLeft,
    clearOnComplete: true,
    hideCursor: true,
  });
  const start = performance.now();
  return {
    update: ({ phase, fraction }) => {
      if (performance.now() - start < QUIET_MS) return;
      const named = { phase: NAMES[phase] };
      if (bar.isActive) bar.update(fraction, named);
      else bar.start(1, fraction, named);
    },
    stop: () => {
      if (bar.isActive) bar.stop();
    },
  };
}

/** The library has no number as long as it knows no speed. */
function timeLeft(seconds: unknown): string {
  if (typeof seconds !== "number" || !Number.isFinite(seconds)) return "time left unknown";
  return seconds < 100 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
}
