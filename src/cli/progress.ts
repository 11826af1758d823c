import { SingleBar } from "cli-progress";

import type { Phase, Progress } from "../index";

/** Work that ends sooner shows no bar. */
const QUIET_MS = 500;

const NAMES: Record<Phase, string> = {
  series: "Summing the series",
  division: "Dividing",
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
    format: "{phase} [{bar}] {percentage}%, {eta_formatted} left",
    clearOnComplete: true,
    hideCursor: true,
    // The bar is redrawn when there is news, and holds no timer that outlives the work.
    gracefulExit: false,
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
