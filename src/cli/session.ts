import { progressBar, type ProgressBar } from "./terminal/progress";
import { canRedraw } from "./terminal/capabilities";

/** The surroundings of a command: how it is stopped, and how it speaks to who called it. */
export interface Session {
  signal: AbortSignal;
  /** Whether a bar would share the screen with what standard output gets. */
  sharesScreen: boolean;
  /** A progress bar, where a terminal can show one. */
  bar: () => ProgressBar | undefined;
  /** A remark at the end, on standard error, unless it is to be quiet. */
  remark: (text: string) => void;
  /** A remark that only a person at a terminal wants. */
  remarkToPerson: (text: string) => void;
}

export function openSession(signal: AbortSignal, quiet: boolean): Session {
  const bars = !quiet && canRedraw(process.stderr, process.env);
  const remark = (text: string) => {
    if (!quiet) process.stderr.write(`${text}\n`);
  };
  return {
    signal,
    sharesScreen: bars && process.stdout.isTTY,
    bar: () => (bars ? progressBar(process.stderr) : undefined),
    remark,
    remarkToPerson: (text) => {
      if (process.stderr.isTTY) remark(text);
    },
  };
}
