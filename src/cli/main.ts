import { CommanderError } from "commander";

import { parseArguments } from "./arguments";
import { writeDigits } from "./output";
import { progressBar } from "./progress";

/** Exit codes: 130 is what shells make of SIGINT, 2 is bad usage by convention. */
const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Runs the command and tells its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const interrupt = new AbortController();
  process.once("SIGINT", () => {
    interrupt.abort();
  });
  // A reader that has seen enough closes the pipe: that is its right, and the write that fails tells us.
  process.stdout.on("error", () => undefined);
  // With nobody to read what is wrong, the exit code still tells.
  process.stderr.on("error", () => undefined);
  const bar = process.stderr.isTTY ? progressBar(process.stderr) : undefined;
  try {
    await writeDigits({ ...parseArguments(args), signal: interrupt.signal, onProgress: bar?.update });
    return EXIT.ok;
  } catch (error) {
    bar?.stop();
    if (interrupt.signal.aborted) return EXIT.interrupted;
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof Error && "code" in error && error.code === "EPIPE") return EXIT.ok;
    process.stderr.write(`compute-pi-rs: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.failed;
  } finally {
    bar?.stop();
  }
}
