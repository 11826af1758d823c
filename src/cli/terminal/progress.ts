import type { Phase, Progress } from "../../index";
import { progressLine } from "./line";
import { describeTimeLeft, TimeLeft } from "./time-left";

/** Work that ends sooner shows no bar. */
const QUIET_MS = 500;

const REDRAW_MS = 100;

/** For a terminal that does not tell its size. */
const USUAL_COLUMNS = 80;

const TO_LINE_START = "\r";
const CLEAR_TO_LINE_END = "\x1b[K";

const NAMES: Record<Phase, string> = {
  series: "Summing the series",
  division: "Dividing",
  verification: "Verifying",
  conversion: "Converting to decimal",
};

/** A progress bar on a terminal. */
export interface ProgressBar {
  update: (progress: Progress) => void;
  /** Removes the bar, for good. */
  stop: () => void;
}

/**
 * A bar with the phase and the time left, shown once the work has lasted half a second.
 *
 * It goes back to the start of its own line and nowhere else, and leaves the terminal's modes alone: what stands above it is
 * safe, and a program that is killed while it shows leaves a prompt that works.
 */
export function progressBar(terminal: NodeJS.WriteStream): ProgressBar {
  const start = performance.now();
  const timeLeft = new TimeLeft(start);
  let latest: Progress | undefined;
  let ended = false;
  const draw = () => {
    if (latest === undefined) return;
    const left = timeLeft.at(performance.now(), latest.fraction);
    const line = progressLine(
      {
        name: NAMES[latest.phase],
        fraction: latest.fraction,
        timeLeft: left === undefined ? undefined : describeTimeLeft(left),
      },
      terminal.columns || USUAL_COLUMNS,
    );
    terminal.write(TO_LINE_START + line + CLEAR_TO_LINE_END);
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    update: (progress) => {
      if (ended || performance.now() - start < QUIET_MS) return;
      latest = progress;
      if (timer !== undefined) return;
      draw();
      timer = setInterval(draw, REDRAW_MS).unref();
    },
    stop: () => {
      ended = true;
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      terminal.write(TO_LINE_START + CLEAR_TO_LINE_END);
    },
  };
}
